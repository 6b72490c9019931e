"""A TREC run of whatever system in, predictions that rank without saying whether they answer out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.names import Names
from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import numbered_lines, quoted_name
from bot.records import Document

COLUMNS = 6
_PASSAGE = re.compile(r"(?P<doc>.+):(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})(?:#\w+)?")


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    score: float
    passage: Ranked
    whole: bool


def is_trec_run(path: Path) -> bool:
    """Whether a file's first line has the columns of a TREC run. Raises QuestionSetError."""
    first = next((line for _, line in numbered_lines(path) if line.strip()), "")
    return not first.lstrip().startswith("{") and len(first.split()) == COLUMNS


def read_trec_run(
    path: Path, asked: Iterable[str], documents: Mapping[str, Document]
) -> dict[str, Prediction]:
    """A prediction for each question that is asked, with an empty ranking where the run has none for it.

    As in trec_eval, scores alone tell the order, and names that of equal ones; questions that are not asked
    are passed over. Raises QuestionSetError that tells all that is wrong.
    """
    ids = {_word(question): question for question in asked}
    names, faults = Names(documents.values()), Faults()
    found: dict[str, dict[str, _Line]] = defaultdict(dict)
    for number, text in numbered_lines(path):
        if not text.strip():
            continue
        with faults.noted():
            where = f"{quoted_name(path)}, line {number}"
            question, line = _line(where, text.split(), names)
            known = ids.get(question)
            if known is not None and found[known].setdefault(line.name, line) is not line:
                raise QuestionSetError(
                    f"{where}: {quoted(line.name)} was ranked before; keep one of the two."
                )
    faults.refuse()
    if not any(found.values()):
        raise QuestionSetError(
            f"{quoted_name(path)} ranks nothing for any question of the set; use files that belong together."
        )
    return {question: _prediction(question, list(found[question].values())) for question in ids.values()}


def _prediction(question: str, lines: Sequence[_Line]) -> Prediction:
    by_name = sorted(lines, key=lambda line: line.name, reverse=True)
    ordered = sorted(by_name, key=lambda line: -line.score)
    whole = bool(lines) and all(line.whole for line in lines)
    return Prediction(
        question,
        "related",
        ranked=tuple(line.passage for line in ordered),
        unit="document" if whole else "passage",
        decided=False,
    )


def _line(where: str, fields: Sequence[str], names: Names) -> tuple[str, _Line]:
    if len(fields) != COLUMNS:
        raise QuestionSetError(
            f"{where}: it has {len(fields)} columns; write question, Q0, document, rank, score and run."
        )
    try:
        score = float(fields[4])
    except ValueError as error:
        raise QuestionSetError(f"{where}: the score {quoted(fields[4])} is no number; correct it.") from error
    passage, whole = _passage(where, fields[2], score, names)
    return fields[0], _Line(fields[2], score, passage, whole)


def _passage(where: str, name: str, score: float, names: Names) -> tuple[Ranked, bool]:
    document = names.find(name) or names.find(unquote(name))
    if document is not None:
        return Ranked(document.id, 0, len(document.text), score), True
    match = _PASSAGE.fullmatch(name)
    document = None if match is None else names.find(match["doc"]) or names.find(unquote(match["doc"]))
    if match is None or document is None:
        raise QuestionSetError(
            f"{where}: the document {quoted(name)} is not in the corpus; name documents by their path, with"
            " or without its ending, and passages as DOCUMENT:START-END."
        )
    return Ranked(document.id, int(match["start"]), int(match["end"]), score), False


def _word(text: str) -> str:
    return re.sub(r"\s", lambda blank: f"%{ord(blank[0]):02X}", text)
