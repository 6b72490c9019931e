"""Passages in, the terms that one of them explains out: a sentence of the documents for each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from bot.records import Passage, Span

# "A biopsy is a test in which ...": a name of few words, and an explanation of more than a word or two.
_DEFINES = re.compile(
    r"(?:an?\s|the\s)?(?P<name>[^\W\d_][\w\-\u2019']*(?:[ \-][\w\-\u2019']+){0,3}?)(?:\s\([^()]*\))?"
    r"(?:\s(?:is|are)\s(?P<kind>an?\s|the\s(?!best|most|only|same|main|first)|when\s)?"
    r"|(?P<means>,\swhich\smeans\s))(?P<what>\w.*)",
    re.IGNORECASE | re.DOTALL,
)
LEAST_WORDS, MOST_CHARACTERS = 4, 320
# A term that stands in more of the passages than this is what they are about: its readers know it.
MOST_OFTEN, ENOUGH_PASSAGES = 0.25, 12
# So many are offered under one quote.
MOST = 4
_NO_NAME = re.compile(
    r"\b(?:it|its|this|that|these|those|there|here|what|which|who|whom|one|some|they|he|she|you|your|we|our|i|my"
    r"|if|when|where|why|how|and|or|but|not|no|all|most|many|other|another|each|of|in|on|at|for|to|with|by|as"
    r"|is|are|was|were|has|have|can|may|will|result|cause|goal|aim|reason|sign|side|time|way|thing|part|doctor"
    r"|doctors|people|patient|patients)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term, the passage that explains it and where in its document the sentence stands."""

    name: str
    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The sentence, as it stands in the document."""
        start = self.passage.start
        return self.passage.text[self.span.start - start : self.span.end - start]


class Terms:
    """The terms of a corpus, and which of them a passage uses."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: Mapping[str, Term] = {term.name.casefold(): term for term in terms}
        names = sorted(self._terms, key=lambda name: (-len(name), name))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Self:
        """What the passages explain; of several explanations the one under a heading that names the term."""
        found: dict[str, Term] = {}
        for term in (term for passage in passages for term in _defined(passage)):
            name = term.name.casefold()
            if name not in found or (_headed(term) and not _headed(found[name])):
                found[name] = term
        if len(passages) < ENOUGH_PASSAGES:
            return cls(found.values())
        every = cls(found.values())
        counts = Counter(name for passage in passages for name in every.names(passage.text))
        most = MOST_OFTEN * len(passages)
        return cls(term for name, term in found.items() if counts[name] <= most)

    def names(self, text: str) -> tuple[str, ...]:
        """The terms that a text uses, in its order, in lower case."""
        if self._pattern is None:
            return ()
        return tuple(dict.fromkeys(self._pattern.findall(text.casefold())))

    def used(self, passage: Passage) -> tuple[Term, ...]:
        """The terms that a passage uses and another explains, in its order."""
        terms = (self._terms[name] for name in self.names(passage.text))
        return tuple(term for term in terms if not _inside(term, passage))[:MOST]


def _defined(passage: Passage) -> Iterable[Term]:
    for unit in passage.units:
        text = passage.text[unit.start - passage.start : unit.end - passage.start]
        found = _DEFINES.match(text) if len(text) <= MOST_CHARACTERS else None
        if not found or len(found["what"].split()) < LEAST_WORDS or _NO_NAME.search(found["name"]):
            continue
        term = Term(found["name"], passage, unit)
        if found["kind"] or found["means"] or _headed(term):
            yield term


def _headed(term: Term) -> bool:
    """Whether the heading asks what it is."""
    heading = term.passage.heading[-1].casefold() if term.passage.heading else ""
    asked = rf"what\s(?:is|are)\s(?:an?\s|the\s)?{re.escape(term.name.casefold())}\W*"
    return re.fullmatch(asked, heading) is not None


def _inside(term: Term, passage: Passage) -> bool:
    return term.passage.doc == passage.doc and passage.start <= term.span.start < passage.end
