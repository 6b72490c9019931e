"""Messages that ask the documents nothing: greetings, thanks, fear, grief, insults, a hand on the keyboard.

What remains of a message once polite words and the signs of a kind are taken out decides: where anything
but words that say nothing is left, or anything asks, it is a question.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from bot.analysis import stopwords, words
from bot.notices import detect
from bot.records import SmallTalk
from bot.understanding.naming import light_words
from bot.understanding.spelling import english_words, spelled_out

# Of several kinds in one message the first of these is answered.
_STRONGEST: tuple[SmallTalk, ...] = (
    *(
        "grief",
        "distress",
        "sources",
        "privacy",
        "identity",
        "insult",
        "help",
        "goodbye",
        "thanks",
        "greeting",
    ),
)
# Beside these, what has happened to whom may be told without asking anything.
_FELT = ("distress", "grief")
# What is asked of the bot itself or its documents, and not of what they say.
_TO_THE_BOT = ("identity", "sources", "privacy")
# Beside a question to the bot itself so few words may be left: "what do I ask the doctor about it" is none.
LEFT = 3
# Longer messages tell more than a feeling; what they tell is worth a look into the documents.
LONGEST = 30
# A message of so many words that only point ("why?") means nothing where nothing was said before.
POINTING_WORDS = 3
# From so many letters on, a word with no vowel or of neighbouring keys is nobody's abbreviation ("PTSD").
RUN_LETTERS, VOWELLESS_LETTERS = 4, 6
# Keys at most so far apart in a row are one hand's; nearly all pairs of a run are.
KEY_DISTANCE, RUN_SHARE = 2, 0.75
_SAME = {"written_about": "distress", "rhetorical": "distress"}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")

_OPENS = "what how why where who whom whose which whats hows wheres whos"
_ASKING = f"{_OPENS} when if whether"
# What turns the order of the words asks, and so does what opens a clause; "I know how it is" does not.
_TURNED = (
    r"\b(?:is|are|was|were|am|do|does|did|can|could|will|would|should|has|have|may|might|must|isnt|arent)"
    r" (?:it|this|that|these|those|they|there|i|we|he|she|you|my|our|his|her|the|a|an|any)\b"
    r"|\b(?:something|anything|what) (?:(?:that|which|to|will|can|could|would|might) )*helps?\b|\?"
    r"|^(?:is|are|can|could|do|does|did|will|would|should|was|were)\b"
)
_ASKING_WORDS = frozenset(_ASKING.split())
_ANYWHERE = rf"\b(?:{_ASKING.replace(' ', '|')})\b"
_OPENING = rf"(?:^|\| |\b(?:and|but|so|also|then|or) )(?:{_OPENS.replace(' ', '|')})\b"
# "... died of a stroke": what a loss came of, or after.
_TAIL = (
    r"(?: (?:of|from|to|with|after|because of|since|during|when)(?: (?:a|an|the|my|his|her|our|long|this))*"
    r"(?: (?!(?:am|is|are|can|could|do|does|did|will|would|should|and|but|so|i|what|how|why|when|my|we|it)\b)"
    r"\w+){1,3})?"
)


def _nothing(_: str) -> bool:
    return False


def small_talk(
    message: str,
    *,
    known: Callable[[str], bool],
    topic: Callable[[str], bool] = _nothing,
    first: bool = False,
) -> SmallTalk | None:
    """What kind of small talk a message is; None where there is anything to look up.

    `known` tells whether the documents have a lower-cased word, `topic` whether nearly all are about it;
    `first` says that nothing was said before, which a short message could go on about.
    """
    said = [_plain(part) for word in words(message) for part in spelled_out(word)]
    if not said or len(said) > LONGEST:
        return None
    signs = _signs()
    if all(word in signs.idle for word in said):
        return "unclear"
    if all(_is_run(word) and not known(word) for word in said if word not in signs.idle):
        return "unclear"
    found = _of_a_kind(_normal(message), known, topic, first) or _pointing(said, first)
    # Whoever fears for a life must not read that it is lost.
    return None if found == "grief" and detect(message) == "urgent" else found


def is_afraid(message: str) -> bool:
    """Whether somebody tells of their fear, beside whatever they ask."""
    return _signs().afraid.search(_normal(message)) is not None


@dataclass(frozen=True, slots=True)
class _Signs:
    """What `small_talk.toml` says, ready to be applied."""

    polite: frozenset[str]
    light: frozenset[str]
    neutral: frozenset[str]
    happened: frozenset[str]
    idle: frozenset[str]
    afraid: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]


def _of_a_kind(
    text: str, known: Callable[[str], bool], topic: Callable[[str], bool], first: bool
) -> SmallTalk | None:
    signs, kinds = _signs(), set()
    for kind, pattern in signs.kinds.items():
        written = (word for match in pattern.finditer(text) for word in match.group().split())
        if (kind == "rhetorical" and not first) or (kind == "written_about" and any(map(known, written))):
            continue
        text, count = pattern.subn("|", text)
        if count:
            kinds.add(_SAME.get(kind, kind))
    found = next((kind for kind in _STRONGEST if kind in kinds), None)
    if found is None:
        return None
    felt = found in _FELT
    rest = re.sub(r"\|[ |?]*\?", "| ", text)
    if re.search(f"{_TURNED}|{_OPENING}" if felt else f"{_TURNED}|{_ANYWHERE}", " ".join(rest.split())):
        return None
    beside = signs.neutral | (signs.happened | _ASKING_WORDS if felt else frozenset())
    if found != "help":
        # "Help me make sense of it" asks for something that "help me" does not.
        beside |= signs.light
    if found in _TO_THE_BOT and len(rest.replace("|", " ").split()) > LEFT:
        return None
    said_nothing = all(
        word in beside or (felt and (word.isdigit() or topic(word)))
        for word in rest.replace("|", " ").split()
    )
    return found if said_nothing else None


def _pointing(said: Iterable[str], first: bool) -> SmallTalk | None:
    pointing = [word for word in said if word in stopwords()]
    return "unclear" if first and len(pointing) == len(list(said)) <= POINTING_WORDS else None


def _normal(message: str) -> str:
    """The message in plain words and question marks, without the words that are only polite."""
    spaced = " ".join(re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)*|\?", message.lower()))
    plain = (_plain(part) for word in spaced.split() for part in spelled_out(word))
    return " ".join(word for word in plain if word not in _signs().polite)


def _plain(word: str) -> str:
    """A word without apostrophes, and with no letter more often than twice: "soooo" as "soo"."""
    return re.sub(r"(.)\1{2,}", r"\1\1", re.sub(r"['\u2019]", "", word.lower()))


def _is_run(word: str) -> bool:
    """Whether a word is what a hand leaves on the keyboard."""
    if word in english_words() or not word.isascii():
        return False
    if len(set(word)) == 1:
        return True
    if len(word) >= VOWELLESS_LETTERS and word.isalpha() and not re.search(r"[aeiouy]", word):
        return True
    near = [any(_near(one, other, row) for row in _KEYS) for one, other in pairwise(word)]
    return len(word) >= RUN_LETTERS and sum(near) >= RUN_SHARE * len(near)


def _near(one: str, other: str, row: str) -> bool:
    return one in row and other in row and abs(row.index(one) - row.index(other)) <= KEY_DISTANCE


@cache
def _signs() -> _Signs:
    table = tomllib.loads(files("bot.understanding").joinpath("small_talk.toml").read_text("utf-8"))
    silent = stopwords() - _ASKING_WORDS
    return _Signs(
        polite=frozenset(table["polite"].split()),
        light=light_words() - _ASKING_WORDS - frozenset(table["never"].split()),
        neutral=silent | frozenset(table["neutral"].split()),
        happened=frozenset(table["happened"].split()),
        idle=frozenset(table["idle"].split()),
        afraid=_compiled([table["afraid"]], table),
        kinds={kind: _compiled(patterns, table) for kind, patterns in table["signs"].items()},
    )


def _compiled(patterns: list[str], table: Mapping[str, Any]) -> re.Pattern[str]:
    people = re.sub(r"\s+", "", table["people"])
    written = (
        re.sub(r"\n\s*", "", "|".join(pattern.lstrip() for pattern in patterns))
        .replace("PEOPLE", people)
        .replace("TAIL", _TAIL)
    )
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)")
