"""Lines of JSON in, messages with passages that answer them out, for the encoder to learn from.

What was written or judged for this project is in `messages.jsonl` and `judged.jsonl`. These name passages and
real messages by their line, from 0, in two files that stay outside, being others' words: publishers' pairs
(`title`, `kind`, `passage`) and the public's messages (`message`, `summary`, `dev`).
"""

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.errors import SettingsError
from bot.learning.examples import written_rows

Made = TypeVar("Made")
Element = TypeVar("Element")

_HERE = Path(__file__).parent
WRITTEN, JUDGED = _HERE / "messages.jsonl", _HERE / "judged.jsonl"
# Ten hands wrote messages; what this one wrote is never learned from, only measured.
HELD_OUT = 4
# A phrasing's subject in lower case is how most people type; publishers' capitals are met too.
LOWER_CASE_SHARE = 0.6
# Passages that no phrasing asks for: tables, inheritance by rote, lists of links, openings that tell little.
_ROTE = re.compile(
    r"Human Phenotype Ontology|These resources address|inherited in an autosomal|each cell have mutations"
    r"|NIHSeniorHealth has"
)
LEAST_WORDS = 25
# A message with many right passages would count for more than others do.
MOST_RIGHT = 2
# The kind of passages that were judged for one real message, which may ask several things at once.
JUDGED_KIND = "judged"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to be found; title and kind are "" where it has none."""

    title: str
    kind: str
    text: str

    @property
    def titled(self) -> str:
        """The passage with its title before it."""
        return f"{self.title}. {self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Match:
    """A message and a passage that answers it.

    Matches of one `source` are about one passage or one message: none is wrong for another. `misses` were
    looked at and do not answer.
    """

    message: str
    passage: Passage
    source: str
    misses: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What the public sent.

    `summary` is "" without an expert's; `dev` tells that a development set has it, so that none may learn it.
    """

    text: str
    summary: str
    dev: bool


def read_passages(path: Path) -> list[Passage]:
    """The passages of publishers' pairs, in the file's order; raises SettingsError."""

    def passage(row: dict[str, object]) -> Passage:
        return Passage(_text(row, "title"), _text(row, "kind"), _text(row, "passage"))

    return _read(path, passage, "pair of title, kind and passage")


def read_messages(path: Path) -> list[Message]:
    """The public's messages, in the file's order; raises SettingsError."""

    def message(row: dict[str, object]) -> Message:
        summary = "" if row["summary"] is None else _text(row, "summary")
        return Message(_text(row, "message"), summary, row["dev"] is not None)

    return _read(path, message, "message with summary and dev")


def written_matches(
    passages: Sequence[Passage], *, held_out: bool = False, path: Path = WRITTEN
) -> list[Match]:
    """The messages written for this project, two a passage: all that are learned from, or those held out."""

    def matches(row: dict[str, object]) -> list[Match]:
        place, both = _number(row, "pair"), (_text(row, "short"), _text(row, "letter"))
        passage = _at(passages, place)
        if (_number(row, "hand") == HELD_OUT) is not held_out:
            return []
        return [Match(message, passage, f"pair {place}") for message in both]

    return _flat(_read(path, matches, "pair of the given file with hand, short and letter"))


def phrased_matches(passages: Sequence[Passage], count: int, *, seed: int) -> list[Match]:
    """Phrasings put on so many publishers' passages, each asking for the kind that the passage tells."""
    rng = random.Random(seed)  # noqa: S311 - a choice to be repeated, not a secret
    asked: dict[str, list[str]] = {}
    for kind, phrasing in written_rows("phrasings.tsv"):
        asked.setdefault(kind, []).append(phrasing)
    places = [place for place, passage in enumerate(passages) if passage.kind in asked and _tells(passage)]
    rng.shuffle(places)
    found = []
    for place in places[:count]:
        passage = passages[place]
        phrasing = rng.choice(asked[passage.kind])
        subject = passage.title.lower() if rng.random() < LOWER_CASE_SHARE else passage.title
        found.append(Match(phrasing.replace("{x}", subject), passage, f"pair {place}"))
    return found


def summarised_matches(messages: Sequence[Message]) -> list[Match]:
    """Real messages, each with an expert's summary in place of a passage."""
    return [
        Match(message.text, Passage("", "", message.summary), f"message {place}")
        for place, message in enumerate(messages)
        if message.summary and not message.dev
    ]


def judged_matches(
    passages: Sequence[Passage], messages: Sequence[Message], *, path: Path = JUDGED
) -> list[Match]:
    """Real messages with passages that were judged to answer, the best `MOST_RIGHT` of each."""

    def matches(row: dict[str, object]) -> list[Match]:
        place, shown = _number(row, "message"), [_slice(passages, one) for one in _list(row, "shown")]
        message = _at(messages, place)
        right = [_whole(one) for one in _list(row, "right")]
        best = [_at(shown, one) for one in right[:MOST_RIGHT]]
        if row["state"] != "yes" or message.dev:
            return []
        misses = tuple(one for at, one in enumerate(shown) if at not in right)
        return [Match(message.text, one, f"message {place}", misses) for one in best]

    return _flat(_read(path, matches, "message of the given file with state, shown and right"))


def _tells(passage: Passage) -> bool:
    return not _ROTE.search(passage.text) and len(passage.text.split()) >= LEAST_WORDS


def _slice(passages: Sequence[Passage], triple: object) -> Passage:
    if not isinstance(triple, list):
        raise TypeError(triple)
    place, start, end = (_whole(one) for one in triple)
    whole = _at(passages, place)
    if not 0 <= start < end <= len(whole.text):
        raise IndexError(end)
    return Passage(whole.title, JUDGED_KIND, whole.text[start:end])


def _read(path: Path, make: Callable[[dict[str, object]], Made], what: str) -> list[Made]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is no UTF-8 text"
        raise SettingsError(f"{path} cannot be read ({reason}); name a file of JSON lines.") from error
    made = []
    # Only a line feed ends a line: places are counted so.
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        try:
            made.append(make(json.loads(line)))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise SettingsError(f"{path}, line {number}: no {what}.") from error
    return made


def _flat(rows: Sequence[Sequence[Match]]) -> list[Match]:
    return [match for row in rows for match in row]


def _text(row: dict[str, object], name: str) -> str:
    found = row[name]
    if not isinstance(found, str):
        raise TypeError(name)
    return found


def _list(row: dict[str, object], name: str) -> list[object]:
    found = row[name]
    if not isinstance(found, list):
        raise TypeError(name)
    return found


def _number(row: dict[str, object], name: str) -> int:
    return _whole(row[name])


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _at(elements: Sequence[Element], place: int) -> Element:
    """The element at a place, which may not count from the end as Python's do."""
    if place < 0:
        raise IndexError(place)
    return elements[place]
