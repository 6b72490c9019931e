"""A published question set in, the documents that it carries out, as files that the bot can read."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from bot.errors import OutputError, QuestionSetError
from bot.evaluation.formats.entries import Carried
from bot.evaluation.formats.kinds import CARRYING, format_of
from bot.evaluation.rows import quoted_name

# File systems end at 255 bytes; a number and an ending must still fit.
LONGEST_NAME = 200
ENDING = ".txt"


def carried_by(path: Path) -> Iterator[Carried]:
    """The documents of a set. Raises QuestionSetError where its form has none."""
    if not path.exists():
        raise QuestionSetError(f"The question set {quoted_name(path)} does not exist; check its path.")
    module = format_of(path)
    if module not in CARRYING:
        raise QuestionSetError(
            f"{quoted_name(path)} carries no documents; name a file of SQuAD, QuAC or CoQA (.json) or of"
            " LiveQA (.xml), or a folder of BEIR (with corpus.jsonl), TREC (with <DOC>) or Cranfield."
        )
    found: Iterator[Carried] = import_module(f"bot.evaluation.formats.{module}").carried(path)
    return found


def write_documents(documents: Iterator[Carried], folder: Path) -> int:
    """Writes a text file for each document into a new or empty folder; how many.

    Raises OutputError, and QuestionSetError where there is none.
    """
    count, names = 0, set[str]()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise OutputError(f"{folder} is not empty; name a new folder.")
        for document in documents:
            name = _file_name(document.name, names)
            (folder / name).write_text(document.text, encoding="utf-8", newline="")
            count += 1
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise OutputError(f"{folder} cannot be written ({reason}); choose another place.") from error
    if not count:
        raise QuestionSetError("The set carries no documents; name the folder that has them beside it.")
    return count


def _file_name(name: str, taken: set[str]) -> str:
    """A name of its own for a file, from which the id can be told: what no file may have is escaped."""
    safe = quote(name.removesuffix(ENDING), safe=" ,()'+=@-").lstrip(".")[:LONGEST_NAME] or "document"
    unique, number = safe, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{safe} {number}"
    taken.add(unique.lower())
    return f"{unique}{ENDING}"
