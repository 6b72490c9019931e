"""Publishers' answers and judged messages in, a folder of documents and the questions it is asked out.

The answers are the lines of `pairs.jsonl` (`title`, `kind`, `passage`); those of one title make a document,
each under a heading such as publishers use, or under none. `judged.jsonl` tells what real messages find
there, a line of JSON each:

    {"message": 4, "state": "yes", "shown": [[1516, 56, 618], [7211, 0, 200]], "right": [0]}

`message` is a line of `messages.jsonl`, from 0; `shown` are the passages that somebody looked at, each a
slice of the `passage` of a line of `pairs.jsonl`, from 0; `right` are the places in `shown` that answer;
`state` is whether any does ("yes"), none but the folder is about the same ("near"), or neither ("none").
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.rows import Row, json_rows
from bot.learning.asked_lines import AskedLine, Folder, Page, Place

# What the rankers that ship were fitted with; other seeds draw other folders and another order.
PAGES_SEED, ORDER_SEED = 11, 2
# Rare inherited diseases are two thirds of the pairs, and few write about them: so many are enough.
MOST_RARE = 500
# A shorter answer only names another place to look.
LEAST_WORDS = 20
# The bot takes messages of 4000 characters.
MOST_CHARS = 3900
STATES = ("yes", "near", "none")
_OPENING_QUESTION = re.compile(r"[^.?!]{0,160}\?\s+")
# Sentences that the publishers repeat from disease to disease.
_REPEATED = re.compile(
    r"Human Phenotype Ontology|These resources address|inherited in an autosomal|each cell have mutations"
    r"|Genetic Testing Registry|NIHSeniorHealth has"
)
_RARE = re.compile(r"\bmutations?\b|\bgene\b|\bsyndrome\b|chromosome|inherit")
_HEADINGS: Mapping[str, tuple[str | None, ...]] = {
    "information": ("Overview", "What it is", None),
    "symptoms": ("Symptoms", "Signs and symptoms", None),
    "treatment": ("Treatment", "How it is treated", None),
    "causes": ("Causes", None),
    "exams and tests": ("Tests", "Diagnosis", None),
    "frequency": ("How common it is", None),
    "inheritance": ("Inheritance", None),
    "genetic changes": ("Genes", None),
    "susceptibility": ("Who is at risk", None),
    "prevention": ("Prevention", None),
}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A publisher's answer: line `number` of its file; `body` begins at `start` of the passage."""

    number: int
    title: str
    kind: str
    body: str
    start: int


@dataclass(frozen=True, slots=True)
class _Written:
    """Where the body of a pair stands: its characters from `at` on in `doc`."""

    doc: str
    at: int
    pair: _Pair


def publishers_folder(pairs: Path, messages: Path, judged: Path) -> Folder:
    """The folder that publishers' answers make; raises QuestionSetError for files that do not fit."""
    pages: list[Page] = []
    written: dict[int, _Written] = {}
    draw = random.Random(PAGES_SEED)  # noqa: S311  # a reproducible choice, no secret
    for number, answers in enumerate(_documents(pairs, draw)):
        name = f"{number:05d}.md"
        pages.append(Page(name, _page(name, answers, draw, written)))
    texts = [row.text("message") for row in json_rows(messages)]
    return Folder(tuple(pages), tuple(_asked(judged, texts, written)))


def _documents(path: Path, draw: random.Random) -> list[list[_Pair]]:
    """The answers by title, those on rare diseases last."""
    by_title: dict[str, list[_Pair]] = {}
    for number, row in enumerate(json_rows(path)):
        pair = _pair(number, row)
        if not _REPEATED.search(pair.body) and len(pair.body.split()) >= LEAST_WORDS:
            by_title.setdefault(pair.title, []).append(pair)
    rare = [answers for answers in by_title.values() if _is_rare(answers)]
    common = [answers for answers in by_title.values() if not _is_rare(answers)]
    draw.shuffle(rare)
    return common + rare[:MOST_RARE]


def _pair(number: int, row: Row) -> _Pair:
    passage = row.text("passage")
    opening = _OPENING_QUESTION.match(passage)
    rest = passage[opening.end() :] if opening else passage
    start = len(passage) - len(rest.lstrip())
    # Some answers are about no one thing; they share a document without a title.
    title = "" if row.values.get("title") == "" else row.text("title")
    return _Pair(number, title, row.text("kind"), rest.strip(), start)


def _is_rare(answers: Sequence[_Pair]) -> bool:
    return all(_RARE.search(answer.body) for answer in answers)


def _page(name: str, answers: Sequence[_Pair], draw: random.Random, written: dict[int, _Written]) -> str:
    """The text of a document; where each answer stands in it is noted in `written`."""
    text = f"# {answers[0].title}\n\n"
    places: dict[str, int] = {}
    for answer in answers:
        if answer.body not in places:
            heading = draw.choice(_HEADINGS.get(answer.kind, (None,)))
            text += f"## {heading}\n\n" if heading and len(answers) > 1 else ""
            places[answer.body] = len(text)
            text += f"{answer.body}\n\n"
        written[answer.number] = _Written(name, places[answer.body], answer)
    return text


def _asked(judged: Path, messages: Sequence[str], written: Mapping[int, _Written]) -> Iterator[AskedLine]:
    """The messages in an order drawn once: the file has them by source, and any part should be of all."""
    rows = list(json_rows(judged))
    random.Random(ORDER_SEED).shuffle(rows)  # noqa: S311  # a reproducible order, no secret
    for number, row in enumerate(rows):
        message, state = row.integer("message"), row.text("state")
        if not 0 <= message < len(messages):
            row.fail(f"there is no message {message}; use the messages that were judged.")
        if state not in STATES:
            row.fail(f'the state "{state}" is not known; use {", ".join(STATES)}.')
        shown = tuple(_place(row, slice_, written) for slice_ in row.items("shown"))
        right = tuple(_nth(row, place, shown) for place in row.items("right"))
        yield AskedLine(f"m{number:04d}", messages[message][:MOST_CHARS], state, right, shown)


def _place(row: Row, given: object, written: Mapping[int, _Written]) -> Place:
    match given:
        case [int(number), int(start), int(end)]:
            found = written.get(number)
        case _:
            row.fail(f"{given} is no slice of a passage; write [pair, start, end].")
    if found is None:
        row.fail(f"pair {number} is in no document of the folder; use the pairs that were judged.")
    first = start - found.pair.start
    if not 0 <= first < end - found.pair.start <= len(found.pair.body):
        row.fail(f"{start} to {end} is not inside pair {number}; use the pairs that were judged.")
    return Place(found.doc, found.at + first, found.at + end - found.pair.start)


def _nth(row: Row, place: object, shown: Sequence[Place]) -> Place:
    if not isinstance(place, int) or not 0 <= place < len(shown):
        row.fail(f"{place} is no place among what was shown; count from 0.")
    return shown[place]
