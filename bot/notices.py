"""A message in, the fixed notice that it calls for out.

The phrases, and how to write them, stand in `notices.toml`; here is how they are combined, a sentence
at a time: a sign counts if it is said of a person, now, and is neither denied, supposed nor talked about.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.phrases import BREAK, Grammar, Phrases, Slips, sentences
from bot.records import Notice

# A bare sign ("please help cant breathe") has fewer than so many words before it.
CRY_WORDS = 4
# A denial stands at most so many words before what it denies.
DENIAL_WORDS = 3
# Up to so many words make a short message, which tells of what has just happened; a letter tells of much.
SHORT_MESSAGE = 40
# "my poor old dad": so many words may stand between a determiner and a relative.
DESCRIBING_WORDS = 3


def detect(question: str) -> Notice | None:
    """The notice that a message calls for; a crisis outweighs an emergency."""
    rules = _rules()
    told = sentences(question, rules.slips)
    if any(rules.is_crisis(sentence) for sentence in told):
        return "crisis"
    return "urgent" if rules.is_emergency(told) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """A sign where it stands in a sentence: what is said before and after it."""

    before: str
    sign: str
    after: str

    @property
    def part(self) -> str:
        """The part of the sentence around the sign."""
        return self.before.rpartition(BREAK)[2] + self.sign + self.after.partition(BREAK)[0]


class _Rules:
    """What `notices.toml` says, ready to be applied."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        words: dict[str, list[str]] = dict(table["words"])
        words["who"] = words["me"] + words["relative"]
        grammar = Grammar.of(words, denials=table["cues"]["denies"])

        def phrases(listed: Iterable[str]) -> Phrases:
            return Phrases(listed, grammar)

        signs: defaultdict[str, list[str]] = defaultdict(list)
        for kinds in table["urgent"].values():
            for kind, listed in kinds.items():
                signs[kind].extend(listed)
        crisis = [phrase for name, listed in table["crisis"].items() if name != "unless" for phrase in listed]
        self._cues = {name: phrases(listed) for name, listed in table["cues"].items()}
        self._subject = phrases(words["who"] + words["anyone"])
        self._anyone = phrases(words["anyone"])
        self._determiner = re.compile(
            rf"(?<!\S)(?:{'|'.join(words['determiner'])}) (?:[^ |]+ ){{0,{DESCRIBING_WORDS}}}$"
        )
        self._urgent = {kind: phrases(listed) for kind, listed in signs.items()}
        self._together = [(phrases(pair["sign"]), phrases(pair["beside"])) for pair in table["together"]]
        self._crisis, self._no_crisis = phrases(crisis), phrases(table["crisis"]["unless"])
        together = [phrase for pair in table["together"] for phrase in pair["sign"] + pair["beside"]]
        told = " ".join([*crisis, *together, *(phrase for listed in signs.values() for phrase in listed)])
        self.slips = Slips(re.findall(r"[a-z]+(?![a-z*>])", told))

    def is_crisis(self, sentence: str) -> bool:
        """Whether somebody speaks of suicide or self-harm, their own or that of somebody close."""
        told = (at for at in _places(self._crisis, sentence) if not self._denied(at) and not self._over(at))
        return next(told, None) is not None and not self._no_crisis.within(sentence)

    def is_emergency(self, told: Sequence[str]) -> bool:
        """Whether a message reports an emergency that goes on."""
        short = sum(len(sentence.split()) for sentence in told) <= SHORT_MESSAGE
        for kind, signs in self._urgent.items():
            known = "alarming" if kind == "happened" and short else kind
            if any(self._reported(known, at) for sentence in told for at in _places(signs, sentence)):
                return True
        return any(
            self._reported("together", at)
            for signs, beside in self._together
            if any(beside.within(sentence) for sentence in told)
            for sentence in told
            for at in _places(signs, sentence)
        )

    def _reported(self, kind: str, at: _Place) -> bool:
        """Whether a sign of this kind is reported of a person."""
        if self._denied(at) or self._over(at):
            return False
        if kind == "says_it_all":
            return not self._supposed(at.before)
        subject = self._subject.last(at.before)
        if subject is None:
            return self._cried(kind, at)
        if self._anyone.within(subject.group()) or self._supposed(at.before[: subject.start()]):
            return False
        between = at.before[subject.end() :].rpartition(BREAK)[2].lstrip()
        now = self._cues["now"].within(at.part)
        if self._cues["talks_of"].within(between) or (self._cues["was_so"].within(between) and not now):
            return False
        return self._has(kind, between, at.part, now=now)

    def _has(self, kind: str, between: str, part: str, *, now: bool) -> bool:
        """Whether the words between a person and a sign make it theirs, and present."""
        if kind == "alarming":
            return True
        if kind == "if_sudden":
            return self._cues["grave"].within(part)
        if kind in ("states", "together"):
            return now or self._cues["has"].within(between) or not between
        return now or self._cues["happens" if kind == "events" else "has"].within(between)

    def _cried(self, kind: str, at: _Place) -> bool:
        """Whether a sign said of nobody is a cry for help rather than a headline."""
        if len(at.before.split()) >= CRY_WORDS or self._cues["asks"].within(at.before):
            return False
        if kind in ("alarming", "together"):
            return not self._cues["headline"].within(f"{at.after.partition(' ')[0]} ")
        return self._cues["now"].within(at.part)

    def _denied(self, at: _Place) -> bool:
        nearest = at.before.rpartition(BREAK)[2].rpartition("and ")[2].split()[-DENIAL_WORDS:]
        return self._cues["denies"].within("".join(f"{word} " for word in nearest))

    def _over(self, at: _Place) -> bool:
        return self._cues["past"].within(at.part) and not self._cues["now"].within(at.part)

    def _supposed(self, before: str) -> bool:
        """Whether what follows is a condition or a question."""
        before = self._determiner.sub("", before)
        return self._cues["supposes"].ends(before) and not self._cues["asks_why"].ends(before)


def _places(signs: Phrases, sentence: str) -> Iterator[_Place]:
    for match in signs.found(sentence):
        yield _Place(sentence[: match.start()], match.group(), sentence[match.end() :])


@cache
def _rules() -> _Rules:
    return _Rules(tomllib.loads(files("bot").joinpath("notices.toml").read_text("utf-8")))
