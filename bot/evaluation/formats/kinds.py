"""A question set's path in, the module that reads it out."""

from pathlib import Path

from bot.evaluation.formats.liveqa import is_liveqa
from bot.evaluation.formats.smart import is_smart
from bot.evaluation.rows import PACKED

# The module of each format is imported when such a file is met: a spreadsheet's parser costs a start.
READERS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv_file",
    ".tsv": "csv_file",
    ".xlsx": "spreadsheet",
    ".json": "squad",
    ".xml": "liveqa",
}
# Those with columns that can be named.
TABLES = ("csv_file", "spreadsheet")
# Those whose sets come with their documents.
CARRYING = ("squad", "beir", "trec", "smart", "liveqa")


def format_of(path: Path) -> str | None:
    """The name of the module that reads a set; None where there is none."""
    if path.is_dir():
        return _of_folder(path)
    plain = path.with_suffix("") if path.suffix.lower() == PACKED else path
    return READERS.get(plain.suffix.lower())


def _of_folder(path: Path) -> str | None:
    files = sorted(path.iterdir())
    if any(name in {inner.name for inner in files} for name in ("queries.jsonl", "queries.jsonl.gz")):
        return "beir"
    if any(is_liveqa(inner) for inner in files):
        return "liveqa"
    if any(is_smart(inner) for inner in files):
        return "smart"
    return "trec" if any("qrels" in inner.name.lower() for inner in files) else None
