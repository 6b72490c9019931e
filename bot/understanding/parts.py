"""A message in, the distinct questions that it asks out, each a slice of it in the person's own words."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice

from bot.analysis import Analyser, stopwords, words
from bot.aspects import QuestionAspects
from bot.records import Span
from bot.understanding.naming import asking_words, light_words

# Two questions that share so much of their words and are about the same aspect are one, asked twice.
SAME = 0.6
# A sentence with more places to cut than this is none that a person wrote; each costs reading all of it.
MOST_CUTS = 40
# Of a message with more questions than this each is but a detail of one.
MOST = 6
# The longest letters have fewer clauses; what has more is a list, and has no questions to be told apart.
MOST_CLAUSES = 150

_SENTENCE_END = re.compile(r"(?<=[.?!\u2026])[\"')\]]*\s+|\s*\n+\s*")
_LABEL = re.compile(
    r"\W*(?:(?:subject|re|topic|message|my question)\s*:|\d{1,2}\s*[.)]|[-*\u2022])\s*", re.IGNORECASE
)
_JOINED = re.compile(r"^\W*(?:(?:and|but|also|plus|then|so|next|secondly|finally)\b,?\s+)+", re.IGNORECASE)
# "Tell me how and where" is not done with its first half.
_OPEN_END = re.compile(r"\b(?:what|how|why|when|where|who|which)\W*$", re.IGNORECASE)
_QUESTION_MARK = re.compile(r"\?\W*$")
_LEANS = re.compile(r"\b(?:it|its|that|they|them|their|those|these|this|he|she|one)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch of the message that is a question of its own, or says something beside one."""

    start: int
    end: int
    text: str
    asks: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """What a question says: its terms, and the aspects that it is likeliest about."""

    content: frozenset[str]
    aspects: frozenset[int]


def parts(message: str) -> tuple[Span, ...]:
    """The distinct questions of a message in order, none where it asks nothing.

    One without a subject of its own has what was said just before it: "I have gout. What can I eat?" A later
    one may lean on an earlier one, as a follow-up does.
    """
    found: list[_Told] = []
    spans: list[Span] = []
    said: list[_Clause] = []
    for count, clause in enumerate(_clauses(message), 1):
        if count > MOST_CLAUSES or len(spans) > MOST:
            return ()
        if not clause.asks:
            said.append(clause)
        elif spans and _hangs(clause.text):
            spans[-1] = Span(spans[-1].start, clause.end)
        elif not _is_empty(clause.text):
            told = _told(clause.text)
            if not any(_same(told, other) for other in found):
                found.append(told)
                spans.append(Span(_begin(clause, said), clause.end))
            said = []
    return tuple(spans) if len(spans) <= MOST else ()


def _begin(clause: _Clause, said: Sequence[_Clause]) -> int:
    """Where a question starts, with what was said before it if it needs that."""
    if _named(clause.text) and not _LEANS.search(clause.text):
        return clause.start
    return next((before.start for before in said if _named(before.text)), clause.start)


def _clauses(message: str) -> Iterator[_Clause]:
    start = 0
    ends = [match.span() for match in _SENTENCE_END.finditer(message) if not _is_shortened(message, match)]
    for end, following in [*ends, (len(message), len(message))]:
        label = _LABEL.match(message, start, end)
        clauses = _clauses_of(message, label.end() if label else start, end)
        heads = start == 0 and "\n" in message[end:following]
        yield from (replace(clause, asks=_opens(clause.text)) if heads else clause for clause in clauses)
        start = following


def _is_shortened(message: str, gap: re.Match[str]) -> bool:
    """Whether a full stop shortens a word, as in "A. xylosoxidans": what follows is small and no question."""
    rest = message[gap.end() :]
    return message[: gap.start()].endswith(".") and rest[:1].islower() and not _asks(rest.partition(".")[0])


def _clauses_of(message: str, start: int, end: int) -> Iterator[_Clause]:
    """The clauses of one sentence."""
    joined = _JOINED.match(message[start:end])
    start += joined.end() if joined and _asks(message[start + joined.end() : end]) else 0
    asked = False
    for cut in islice(_cues().cuts.finditer(message, start, end), MOST_CUTS):
        left, right = message[start : cut.start()], message[cut.end() : end]
        asking, turned = asked or _asks(left), bool(_cues().turned.match(right))
        lead_in = _cues().lead_in.fullmatch(left)
        if turned and not asking and _goes_on(message[start : cut.start()], message[cut.end() : end]):
            continue
        if (
            lead_in
            or not (turned or asking)
            or _OPEN_END.search(left)
            or any(map(_cannot_stand, (left, right)))
        ):
            continue
        yield from _clause(message, start, cut.start(), asking)
        asked, start = True, cut.end()
    yield from _clause(message, start, end, asked or _asks(message[start:end]))


def _clause(message: str, start: int, end: int, asked: bool) -> Iterator[_Clause]:
    text = message[start:end]
    lead, tail = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    if words(text):
        yield _Clause(start + lead, end - tail, text.strip(), asked)


def _asks(text: str) -> bool:
    return _opens(text) or bool(_cues().wishes.search(text) or _QUESTION_MARK.search(text))


def _opens(text: str) -> bool:
    """Whether a text is worded as a question, and is not just a heading with a question mark."""
    stripped = text.strip()
    if _cues().states.match(stripped) and "?" not in stripped:
        return False
    return bool(_cues().turned.match(stripped) or _cues().unturned.match(stripped))


def _goes_on(left: str, right: str) -> bool:
    """Whether a statement goes on with another verb: "my mother is 71 and was a teacher"."""
    if "?" in right:
        return False
    about = _cues().about_somebody.match(left) and _cues().goes_on_about.match(right)
    return bool(about or _cues().goes_on.match(right) or _cues().states.match(right))


def _cannot_stand(text: str) -> bool:
    return _is_bare(text) or bool(_cues().hangs.fullmatch(text.strip()))


def _told(text: str) -> _Told:
    return _Told(_content(text), _aspects(text))


def _same(one: _Told, other: _Told) -> bool:
    if not one.aspects & other.aspects:
        return False
    if one.content == other.content:
        return True
    here, there = one.content, other.content
    shared = sum(any(_alike(term, known) for known in there) for term in here)
    return shared >= SAME * max(len(here), len(there))


def _alike(one: str, other: str) -> bool:
    """Whether two terms are forms of one word, which stems often are not: "cure", "curabl"."""
    letters = max(3, min(len(one), len(other)) - 1)
    return one == other or one[:letters] == other[:letters]


def _content(text: str) -> frozenset[str]:
    return frozenset(_analyser().term(word) for word in words(text) if word not in stopwords())


def _named(text: str) -> frozenset[str]:
    """The terms that name something: not those that people use whatever they ask."""
    light = light_words() | stopwords()
    terms = (_analyser().term(word) for word in words(text) if word not in light)
    return frozenset(term for term in terms if term not in asking_words())


def _aspects(text: str) -> frozenset[int]:
    """The two aspects that a question is likeliest about."""
    told = QuestionAspects().of([_analyser().term(word) for word in words(text)], _named(text))
    return frozenset(int(at) for at in told.argsort()[-2:])


def _hangs(text: str) -> bool:
    return bool(_cues().hangs.match(text)) or _is_bare(text)


def _is_bare(text: str) -> bool:
    return all(word in _cues().bare for word in words(text))


def _is_empty(text: str) -> bool:
    return bool(_cues().empty.fullmatch(" ".join(words(text.replace("\u2019", "'")))))


@dataclass(frozen=True, slots=True)
class _Cues:
    """What `parts.toml` says, ready to be applied."""

    cuts: re.Pattern[str]
    turned: re.Pattern[str]
    unturned: re.Pattern[str]
    states: re.Pattern[str]
    goes_on: re.Pattern[str]
    goes_on_about: re.Pattern[str]
    about_somebody: re.Pattern[str]
    wishes: re.Pattern[str]
    lead_in: re.Pattern[str]
    hangs: re.Pattern[str]
    empty: re.Pattern[str]
    bare: frozenset[str]


@cache
def _cues() -> _Cues:
    table = tomllib.loads(files("bot.understanding").joinpath("parts.toml").read_text("utf-8"))
    named = ("turned", "plain", "follows", "pause", "lead_in", "wishes", "hangs", "unturned")
    turned, plain, follows, pause, lead_in, wishes, hangs, unturned = (_joined(table[name]) for name in named)
    told = ("states", "goes_on", "goes_on_about", "about_somebody")
    states, goes_on, goes_on_about, about = (re.compile(_joined(table[name]), re.IGNORECASE) for name in told)
    return _Cues(
        cuts=re.compile(rf"{pause}(?=(?:{turned})|{follows})|\s+(?={plain})", re.IGNORECASE),
        turned=re.compile(turned, re.IGNORECASE),
        unturned=re.compile(unturned, re.IGNORECASE),
        states=states,
        goes_on=goes_on,
        goes_on_about=goes_on_about,
        about_somebody=about,
        wishes=re.compile(wishes, re.IGNORECASE),
        lead_in=re.compile(lead_in, re.IGNORECASE | re.DOTALL),
        hangs=re.compile(hangs, re.IGNORECASE),
        empty=re.compile("|".join(table["empty"]), re.IGNORECASE),
        bare=frozenset(table["bare"].split()),
    )


def _joined(pattern: str) -> str:
    """A pattern without the line ends that are there for the reader."""
    return re.sub(r"\n\s*", "", pattern.lstrip())


@cache
def _analyser() -> Analyser:
    return Analyser()
