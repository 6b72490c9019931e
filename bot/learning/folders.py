"""`python -m bot.learning.folders DATA OUT` makes what `python -m bot.learning OUT/training.toml` fits to.

DATA has what may not ship: `data/` (publishers' answers and real messages), `qa/` (libraries with question
sets) and `seeds/`. OUT, a new folder, gets a folder of the publishers' answers, one of each of six illnesses,
questions from afar, and the table of all training sets. Two folders that are our own, `folders_written/`, and
the starter corpus are used where they lie. The same DATA gives the same OUT, to the byte.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path

from bot.errors import BotError, OutputError, SettingsError
from bot.evaluation.rows import json_rows
from bot.learning.asked_lines import AskedLine, Folder, as_lines
from bot.learning.publishers_folder import publishers_folder
from bot.learning.topic_folders import TOPICS, topic_folder

REPOSITORY = Path(__file__).resolve().parents[2]
LEARNING = Path(__file__).resolve().parent
JUDGED = LEARNING / "judged.jsonl"
WRITTEN = LEARNING / "folders_written"
_TEXTS = ("home", "corpus", "questions")
# Of the real messages every tenth of the first 400 is asked from afar: in 600 characters it has told enough.
FIRST_MESSAGES, EVERY, MOST_CHARS = 400, 10, 600
# Of the questions about our own articles so many are asked from afar.
MOST_ARTICLES = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the folders; exit status 2 after a mistake, said in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning.folders", description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("out", type=Path, metavar="OUT")
    options = parser.parse_args(arguments)
    try:
        write_folders(options.data.resolve(), options.out.resolve())
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def write_folders(data: Path, out: Path) -> None:
    """Write all that is learned from; raises BotError, before anything is written if DATA is at fault."""
    rows = tuple(_training_rows({"DATA": data, "OUT": out, "REPOSITORY": REPOSITORY}))
    pairs, messages = data / "data" / "pairs.jsonl", data / "data" / "messages.jsonl"
    _refuse_missing((pairs, messages, JUDGED, *_paths(rows, outside=out)))
    _refuse_used(out)
    publishers = publishers_folder(pairs, messages, JUDGED)
    topics = [(topic.name, topic_folder(topic, data / "qa")) for topic in TOPICS]
    _write_folder(out / "pairs", publishers)
    for name, folder in topics:
        _write_folder(out / "topics" / name, folder)
    _write(out / "far_messages.jsonl", as_lines(_from_afar("f", _some_messages(publishers))))
    _write(out / "far_questions.jsonl", as_lines(_from_afar("g", _other_questions())))
    # Last, so that a table is never there without what it names.
    _write(out / "training.toml", _table(pairs, rows))


def _some_messages(publishers: Folder) -> Iterator[str]:
    for one in publishers.asked[:FIRST_MESSAGES:EVERY]:
        yield one.question[:MOST_CHARS]


def _other_questions() -> Iterator[str]:
    """What was written as far from both of our own folders, then questions about the articles."""
    articles, house = (tuple(json_rows(WRITTEN / name / "questions.jsonl")) for name in ("articles", "house"))
    far = (row for row in chain(articles, house) if row.text("kind") == "far")
    return (row.text("question") for row in chain(far, islice(articles, MOST_ARTICLES)))


def _from_afar(letter: str, questions: Iterator[str]) -> Iterator[AskedLine]:
    for number, question in enumerate(questions):
        yield AskedLine(f"{letter}{number}", question, "far")


def _training_rows(roots: Mapping[str, Path]) -> Iterator[Mapping[str, str]]:
    """The rows of `training_sets.tsv`, their paths made whole."""
    lines = files("bot.learning").joinpath("training_sets.tsv").read_text("utf-8").splitlines()
    names = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(names, line.split("\t"), strict=True))
        for name in ("corpus", "questions"):
            root, _, rest = row[name].partition("/")
            if root in roots:
                row[name] = (roots[root] / rest).as_posix()
        yield row


def _table(pairs: Path, rows: Sequence[Mapping[str, str]]) -> str:
    """The table as `bot/learning/sets.py` reads it; what a row leaves empty is left out."""
    sets = "".join(
        "\n[[set]]\n" + "".join(_setting(name, value) for name, value in row.items() if value) for row in rows
    )
    return f"pairs = {_quoted(pairs.as_posix())}\n{sets}"


def _setting(name: str, value: str) -> str:
    return f"{name} = {_quoted(value) if name in _TEXTS else value}\n"


def _quoted(text: str) -> str:
    """A TOML string: what JSON escapes, TOML does."""
    return json.dumps(text, ensure_ascii=False)


def _paths(rows: Sequence[Mapping[str, str]], *, outside: Path) -> Iterator[Path]:
    for text in dict.fromkeys(row[name] for row in rows for name in ("corpus", "questions")):
        if not text.startswith("(") and not Path(text).is_relative_to(outside):
            yield Path(text)


def _refuse_missing(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise SettingsError(
                f"{path} does not exist; DATA needs data/, qa/ and seeds/, and the program all of its files."
            )


def _refuse_used(out: Path) -> None:
    """What is left of an earlier time would be learned from as well."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(f"{out} is there already; name a new folder.")


def _write_folder(path: Path, folder: Folder) -> None:
    for page in folder.pages:
        _write(path / "corpus" / page.name, page.text)
    _write(path / "questions.jsonl", as_lines(folder.asked))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise OutputError(f"{path} cannot be written ({reason}); choose another place.") from error


if __name__ == "__main__":
    sys.exit(main())
