"""Questions with exact answers in, the lines of a question set out."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file that is written: half-open, in code points."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question with the places that answer it; `shown` are those that somebody looked at, None for all."""

    id: str
    question: str
    kind: str
    answers: tuple[Place, ...] = ()
    shown: tuple[Place, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A document to be written."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Folder:
    """Documents and the questions that they are asked."""

    pages: tuple[Page, ...]
    asked: tuple[AskedLine, ...]


def as_lines(asked: Iterable[AskedLine]) -> str:
    """A line of JSON for each question, as `bot/evaluation/formats/jsonl.py` reads them."""
    return "".join(json.dumps(_fields(one), ensure_ascii=False) + "\n" for one in asked)


def _fields(one: AskedLine) -> dict[str, object]:
    return {name: value for name, value in asdict(one).items() if value is not None}
