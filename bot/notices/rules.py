"""A language's table in, its judgement of a message's sentences out.

The phrases, and how to write them, stand in `english.toml` and `spanish.toml`; here is how they are
combined, a sentence at a time: a sign counts if it is said of a person, now, and is neither denied,
supposed nor talked about.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.notices.phrases import BREAK, Grammar, Phrases
from bot.notices.sentences import Forgiveness, Slips, Spelling

# A bare sign ("please help cant breathe") has fewer than so many words before it.
CRY_WORDS = 4
# Up to so many words make a short message, which tells of what has just happened; a letter tells of much.
SHORT_MESSAGE = 40
# "my poor old dad": so many words may stand between a determiner and a relative.
DESCRIBING_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """A sign where it stands in a sentence: what is said before and after it."""

    before: str
    sign: str
    after: str

    @property
    def whole(self) -> str:
        """The sentence."""
        return self.before + self.sign + self.after

    @property
    def part(self) -> str:
        """The part of the sentence around the sign."""
        return self.before.rpartition(BREAK)[2] + self.sign + self.after.partition(BREAK)[0]


@dataclass(frozen=True, slots=True)
class _Denial:
    """How many words before what it denies a denial may stand, and whether it stands right before it."""

    words: int
    adjacent: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    """Signs that are serious together with something else that is said anywhere in the message."""

    sign: Phrases
    beside: Phrases


class Rules:
    """What the table of a language says, ready to be applied."""

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
        self._and = re.compile(rf"(?<!\S)(?:{'|'.join(words['and'])}) ")
        self._possessive = re.compile(rf"(?<!\S)(?:{'|'.join(words['whose'])}) ")
        self._urgent = {kind: phrases(listed) for kind, listed in signs.items()}
        self._together, self._crisis_together = (
            [_Pair(phrases(pair["sign"]), phrases(pair["beside"])) for pair in table[name]]
            for name in ("together", "crisis_together")
        )
        self._crisis, self._no_crisis = phrases(crisis), phrases(table["crisis"]["unless"])
        self._at_stake = phrases(table["at_stake"]["words"])
        self._fear_of_death = phrases(table["fear_of_death"]["phrases"])
        leave, beside = table["farewell"]["leave"], table["farewell"]["beside"]
        self._leave, self._farewell = phrases(leave), phrases(leave + beside)
        self._denial = _Denial(**table["denial"])
        slips = Slips(
            re.findall(r"[a-z]+(?![a-z>])", " ".join(_strings(table))), Forgiveness(**table["forgiven"])
        )
        self.sentences = Spelling(table["hasty"], slips).sentences

    def is_crisis(self, told: Sequence[str]) -> bool:
        """Whether somebody speaks of suicide or self-harm, their own or that of somebody close."""
        signs = [self._crisis]
        signs += [pair.sign for pair in self._crisis_together if self._said(pair.beside, told)]
        return any(
            self._meant(at)
            for phrases in signs
            for sentence in told
            for at in _places(phrases, sentence, but=self._no_crisis)
        )

    def is_at_stake(self, told: Sequence[str]) -> bool:
        """Whether a word of death, harm, means or leave-taking is said, without which there is no crisis.

        To fear the death that the illness brings is none.
        """
        places = (_places(self._at_stake, sentence, but=self._fear_of_death) for sentence in told)
        return any(chain.from_iterable(places))

    def is_farewell(self, told: Sequence[str]) -> bool:
        """Whether a message only takes its leave, or thanks."""
        said = [f"{word} " for sentence in told for word in sentence.replace(BREAK, " ").split()]
        return any(map(self._leave.within, said)) and all(map(self._farewell.within, said))

    def _meant(self, at: _Place) -> bool:
        """Whether a phrase of crisis is meant of somebody, and of now."""
        subject = None if self._subject.within(at.sign) else self._subject.last(at.before)
        if subject is not None and self._anyone.within(subject.group()):
            return False
        general = self._in_general(at, "general_crisis")
        return not (general or self._denied(at) or self._over(at, "past", "lately"))

    def is_emergency_denied(self, told: Sequence[str]) -> bool:
        """Whether a sign of an emergency is said and denied: "no chest pain, only ..."."""
        places = (self._all_places(signs, told) for signs in self._urgent.values())
        return any(map(self._denied, chain.from_iterable(places)))

    def is_emergency(self, told: Sequence[str]) -> bool:
        """Whether a message reports an emergency that goes on."""
        short = sum(len(sentence.split()) for sentence in told) <= SHORT_MESSAGE
        for kind, signs in self._urgent.items():
            known = "alarming" if kind == "happened" and short else kind
            if any(self._reported(known, at) for at in self._all_places(signs, told)):
                return True
        return any(
            self._reported("together", at)
            for pair in self._together
            if self._said(pair.beside, told)
            for at in self._all_places(pair.sign, told)
        )

    def _said(self, phrases: Phrases, told: Sequence[str]) -> bool:
        """Whether one of the phrases is said somewhere and not denied."""
        message = f"{BREAK} ".join(told)
        return any(not self._denied(at) for at in _places(phrases, message, but=self._cues["figures"]))

    def _all_places(self, signs: Phrases, told: Sequence[str]) -> Iterator[_Place]:
        for sentence in told:
            yield from _places(signs, sentence, but=self._cues["figures"])

    def _reported(self, kind: str, at: _Place) -> bool:
        """Whether a sign of this kind is reported of a person."""
        lately = () if kind == "together" else ("lately",)
        if self._denied(at) or self._over(at, "past", "at_times", *lately):
            return False
        if kind == "says_it_all":
            return not (self._supposed(at.before) or self._in_general(at, "general"))
        subject = self._subject.last(at.before)
        if subject is None:
            return self._cried(kind, at)
        if self._anyone.within(subject.group()) or self._supposed(at.before[: subject.start()]):
            return False
        between = at.before[subject.end() :].rpartition(BREAK)[2].lstrip()
        now = self._cues["now"].within(at.whole if kind == "together" else at.part)
        if self._cues["talks_of"].within(between) or (self._past_tense(between) and not now):
            return False
        return self._has(kind, between, at.part, now=now)

    def _past_tense(self, between: str) -> bool:
        """Whether the verb nearest to a sign is one of the past: "had chemo and has a fever" is not."""
        *_, nearest = self._and.split(between)
        return self._cues["was_so"].within(nearest if self._cues["has"].within(nearest) else between)

    def _in_general(self, at: _Place, cue: str) -> bool:
        """Whether the part of a sentence up to the sign speaks of the matter rather than of somebody."""
        return self._cues[cue].within(at.before.rpartition(BREAK)[2])

    def _has(self, kind: str, between: str, part: str, *, now: bool) -> bool:
        """Whether the words between a person and a sign make it theirs, and present."""
        if kind == "alarming":
            return True
        if kind == "if_sudden":
            return now or self._cues["grave"].within(part)
        if kind in ("states", "together"):
            return now or self._cues["has"].within(between) or not between
        return now or self._cues["happens" if kind == "events" else "has"].within(between)

    def _cried(self, kind: str, at: _Place) -> bool:
        """Whether a sign said of nobody is a cry for help rather than a question or a headline."""
        before = at.before.rpartition(BREAK)[2].lstrip()
        bare = kind in ("alarming", "together")
        if bare and self._possessive.match(before):
            return not self._cues["talks_of"].within(before)
        near = bare and self._possessive.search(at.part) is not None
        if self._asked(at.before, before) or (len(before.split()) >= CRY_WORDS and not near):
            return False
        if bare:
            following = f"{at.after.partition(' ')[0]} "
            return self._cues["now"].within(at.part) or not self._cues["headline"].within(following)
        owned = kind == "states" and self._possessive.search(at.sign) is not None
        return owned or self._cues["now"].within(at.part)

    def _asked(self, all_before: str, before: str) -> bool:
        """Whether what stands before a sign makes a question or a headline of it."""
        matter = any(self._cues[cue].within(all_before) for cue in ("on_the_matter", "talks_of"))
        return matter or self._cues["asks"].within(f"{before.partition(' ')[0]} ")

    def _denied(self, at: _Place) -> bool:
        nearest = self._and.split(at.before.rpartition(BREAK)[2])[-1].split()[-self._denial.words :]
        text = "".join(f"{word} " for word in nearest)
        return self._cues["denies"].ends(text) if self._denial.adjacent else self._cues["denies"].within(text)

    def _over(self, at: _Place, *cues: str) -> bool:
        """Whether one of these cues says that it is no more, or not always, so."""
        if self._cues["mended"].within(at.part):
            return True
        before, after = at.before.rpartition(BREAK)[2], at.after.partition(BREAK)[0]
        near, following = self._and.split(before)[-1], self._and.split(after)[0]
        if self._cues["long_ago"].within(near + at.sign + following):
            return True
        whole, clause = before + after, near + following
        past = any(self._cues[cue].within(whole if cue == "at_times" else clause) for cue in cues)
        past = past or self._cues["dated"].within(near + at.sign + following)
        return past and not self._cues["now"].within(at.part)

    def _supposed(self, before: str) -> bool:
        """Whether what follows is a condition or a question."""
        # "My poor old" before a dad is taken off; "a problem if" before an "i" is none of it.
        ways = (before, self._determiner.sub("", before))
        supposed, asked = (any(map(self._cues[cue].ends, ways)) for cue in ("supposes", "asks_why"))
        return supposed and not asked


def _places(signs: Phrases, sentence: str, *, but: Phrases) -> Iterator[_Place]:
    """Where the signs stand in a sentence, except those that begin or end inside a phrase of `but`."""
    found = list(signs.found(sentence))
    spared = [match.span() for match in but.found(sentence)] if found else []
    for match in found:
        ends = (match.start(), match.end() - 1)
        if not any(start <= at < end for start, end in spared for at in ends):
            yield _Place(sentence[: match.start()], match.group(), sentence[match.end() :])


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping | list):
        for child in node.values() if isinstance(node, Mapping) else node:
            yield from _strings(child)
