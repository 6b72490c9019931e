"""Documents in, what the index is made of out: their terms in numbers, and what each passage tells.

All of it is of one document alone, so that it need not be worked out again while the document stays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.analysis import Analyser, stopwords, words
from bot.aspects import ASPECTS, PassageAspects, QuestionAspects
from bot.aspects.answer_types import answer_types
from bot.aspects.passage_aspects import PassageText
from bot.index.lexicon import Lexicon
from bot.index.offers import LONGEST, questions_of
from bot.index.rows import Rows
from bot.passages import lead_in, passages_of
from bot.records import Document, Passage

# A title that so many documents have is none of a document's own.
MANY_TITLES = 3
_OF_FILES = frozenset({"copy", "doc", "document", "draft", "file", "final", "leaflet", "microsoft", "new"})
_OF_FILES |= {"page", "pdf", "scan", "scanned", "text", "title", "untitled", "version", "word"}


@dataclass(frozen=True, slots=True)
class Analysed:
    """Some documents, analysed, in order; all numbers are places in the lexica.

    A row or a value a document: `counts` is how many passages it has, `titles` the terms of its title, `own`
    whether few others are named so and `telling` whether that tells something of it, `said` the distinct
    words of its whole text and `times` how often each is said.

    A row or a value a passage: `bodies` and `headings` are the terms of its text and of the path of its
    headings, the last `nearest` of which are those of the nearest; `leads` those of the lines that lead into
    its list; `offers` those of the question that its heading stands for, where it is the first under it and
    the question is short enough to be offered; `lengths` its words; `opens` whether it is the first of its
    section; `typed` a bit for each of the answer types that it has; `announced` and `told` what it tells, a
    column for each of ASPECTS.

    `stems` is the number of the term of each word.
    """

    terms: Lexicon
    words: Lexicon
    stems: NDArray[np.int32]
    counts: NDArray[np.int32]
    titles: Rows
    own: NDArray[np.bool_]
    telling: NDArray[np.bool_]
    said: Rows
    times: NDArray[np.int32]
    bodies: Rows
    headings: Rows
    nearest: NDArray[np.int32]
    leads: Rows
    offers: Rows
    lengths: NDArray[np.int32]
    opens: NDArray[np.bool_]
    typed: NDArray[np.uint32]
    announced: NDArray[np.float32]
    told: NDArray[np.float32]

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """All of it as arrays, to be kept on disk."""
        found: dict[str, NDArray[Any]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Lexicon):
                found |= {f"{field.name}.text": value.text, f"{field.name}.starts": value.starts}
            elif isinstance(value, Rows):
                found |= {f"{field.name}.terms": value.terms, f"{field.name}.starts": value.starts}
            else:
                found[field.name] = value
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """What `arrays` told of; nothing is copied. Raises KeyError where something is missing."""
        found: dict[str, Any] = {}
        for field in fields(cls):
            name = field.name
            if field.type is Lexicon:
                found[name] = Lexicon(arrays[f"{name}.text"], arrays[f"{name}.starts"])
            elif field.type is Rows:
                found[name] = Rows(arrays[f"{name}.terms"], arrays[f"{name}.starts"])
            else:
                found[name] = arrays[name]
        return cls(**found)


def many_titles(titles: Iterable[str]) -> frozenset[str]:
    """The titles that too many documents have for them to be a document's own."""
    return frozenset(title for title, count in Counter(titles).items() if count >= MANY_TITLES)


def analysed(documents: Sequence[Document], common_titles: frozenset[str], analyser: Analyser) -> Analysed:
    """Analyse some documents of a corpus in which many have one of `common_titles`."""
    making = _Making(analyser)
    for document in documents:
        making.add(document, own_title=document.title not in common_titles)
    return making.made()


class _Making:
    """Analysed in the making: numbers in the order in which terms and words come up."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._idle = frozenset(analyser.term(word) for word in stopwords())
        self._terms: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._rows: dict[str, list[list[int]]] = {
            name: [] for name in ("titles", "said", "bodies", "headings", "leads", "offers")
        }
        self._values: dict[str, list[int]] = {
            name: [] for name in ("counts", "own", "telling", "times", "nearest", "lengths", "opens", "typed")
        }
        self._texts: list[PassageText] = []

    def add(self, document: Document, *, own_title: bool) -> None:
        passages = passages_of(document)
        counts = Counter(words(document.text))
        bodies = [self._analyser.terms(passage.text) for passage in passages]
        title = self._analyser.terms(document.title)
        tells = own_title and (
            _names(document.title)
            or not (set(title) - self._idle).isdisjoint(term for body in bodies for term in body)
        )
        self._rows["titles"].append(self._numbered(title))
        self._rows["said"].append([self._word(word) for word in counts])
        self._values["times"] += counts.values()
        self._values["counts"].append(len(passages))
        self._values["own"].append(own_title)
        self._values["telling"].append(tells)
        subject = QuestionAspects().naming(title) if tells else frozenset()
        offered = questions_of(document.title, passages, self._analyser)
        offers = {one.index: question for one, question in offered.values() if len(question) <= LONGEST}
        before: Passage | None = None
        for passage, body in zip(passages, bodies, strict=True):
            self._add_passage(passage, body, offers.get(passage.index, ""))
            self._values["opens"].append(before is None or before.heading != passage.heading)
            nearest = self._analyser.terms(passage.heading[-1]) if passage.heading else []
            self._values["nearest"].append(len(nearest))
            self._texts.append(PassageText(document.id, body, nearest, subject))
            before = passage

    def made(self) -> Analysed:
        """All of it, with the numbers of lexica that are in order."""
        told = PassageAspects.of(self._texts) if self._texts else _NOTHING_TOLD
        terms, words_ = Lexicon.of(self._terms), Lexicon.of(self._words)
        term_at, word_at = terms.numbers(list(self._terms)), words_.numbers(list(self._words))
        stems = np.empty(len(words_), dtype=np.int32)
        stems[word_at] = term_at[[self._stems[word] for word in self._words]]
        rows = {name: Rows.of(found) for name, found in self._rows.items()}
        rows = {
            name: Rows((word_at if name == "said" else term_at)[row.terms], row.starts)
            for name, row in rows.items()
        }
        values = {name: np.array(found, dtype=np.int32) for name, found in self._values.items()}
        return Analysed(
            terms=terms,
            words=words_,
            stems=stems,
            counts=values["counts"],
            own=values["own"].astype(bool),
            telling=values["telling"].astype(bool),
            times=values["times"],
            nearest=values["nearest"],
            lengths=values["lengths"],
            opens=values["opens"].astype(bool),
            typed=values["typed"].astype(np.uint32),
            announced=told.announced.astype(np.float32),
            told=told.told.astype(np.float32),
            **rows,
        )

    def _add_passage(self, passage: Passage, body: Sequence[str], offer: str) -> None:
        self._rows["bodies"].append(self._numbered(body))
        self._rows["headings"].append(self._numbered(self._analyser.terms(" ".join(passage.heading))))
        self._rows["leads"].append(self._numbered(self._analyser.terms(lead_in(passage))))
        self._rows["offers"].append(self._numbered(self._analyser.terms(offer)))
        self._values["lengths"].append(len(passage.text.split()))
        held = (
            bool(kind.holds.search(passage.text)) << at for at, kind in enumerate(answer_types().values())
        )
        self._values["typed"].append(sum(held))

    def _numbered(self, terms: Iterable[str]) -> list[int]:
        known = self._terms
        return [known.setdefault(term, len(known)) for term in terms]

    def _word(self, word: str) -> int:
        number = self._words.get(word)
        if number is None:
            number = self._words[word] = len(self._words)
            (self._stems[word],) = self._numbered([self._analyser.term(word)])
        return number


_NOTHING_TOLD = PassageAspects(np.zeros((0, len(ASPECTS))), np.zeros((0, len(ASPECTS))))


def _names(title: str) -> bool:
    """Whether a title has a word, and not only figures and what files are called."""
    return any(word.isalpha() and word not in _OF_FILES for word in words(title))
