"""A published question set in, the documents that it carries out, as files that the bot can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bot.errors import OutputError, QuestionSetError
from bot.evaluation.formats.squad import articles
from bot.evaluation.rows import PACKED, json_rows, quoted_name

# File systems end at 255 bytes; a number and an ending must still fit.
LONGEST_NAME = 200
BEIR_CORPUS = ("corpus.jsonl", "corpus.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Carried:
    """A document of a set: `name` is the id that judgements know it by, or its title."""

    name: str
    text: str


def carried_by(path: Path) -> Iterator[Carried]:
    """The documents of a SQuAD file or of a BEIR folder. Raises QuestionSetError where there are none."""
    found = next((path / name for name in BEIR_CORPUS if (path / name).is_file()), None)
    if found is not None:
        return _of_beir(found)
    plain = path.with_suffix("") if path.suffix.lower() == PACKED else path
    if path.is_file() and plain.suffix.lower() == ".json":
        return _of_squad(path)
    raise QuestionSetError(
        f"{quoted_name(path)} carries no documents; name a SQuAD file (.json) or a BEIR folder with"
        " corpus.jsonl."
    )


def write_documents(documents: Iterator[Carried], folder: Path) -> int:
    """Writes a text file for each document into a new or empty folder; how many. Raises OutputError."""
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
    return count


def _of_beir(path: Path) -> Iterator[Carried]:
    for row in json_rows(path):
        parts = (row.values.get(field) for field in ("title", "text"))
        text = "\n\n".join(part for part in parts if isinstance(part, str) and part.strip())
        if text:
            yield Carried(row.name("_id"), f"{text}\n")


def _of_squad(path: Path) -> Iterator[Carried]:
    for number, article in enumerate(articles(path), 1):
        contexts = dict.fromkeys(paragraph.text("context") for paragraph in article.rows("paragraphs"))
        title = article.text("title") if article.has("title") else f"article {number}"
        if contexts:
            yield Carried(title, "\n\n".join(contexts) + "\n")


def _file_name(name: str, taken: set[str]) -> str:
    """A name of its own for a file, from which the id can be told: what no file may have is escaped."""
    safe = quote(name, safe=" ,()'+=@-").lstrip(".")[:LONGEST_NAME] or "document"
    unique, number = safe, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{safe} {number}"
    taken.add(unique.lower())
    return f"{unique}.txt"
