"""What an operator should look at in a document, and what mends it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from bot.loading.stretches import StretchKind
from bot.passages import MAX_WORDS
from bot.records import Corpus, Document

# Below this share of the text without its sources an operator should see what is left out: good leaflets
# have 85 % and more. Where sources are more than half of a text, something else was taken for them.
LITTLE = 0.6
MOST_SOURCES = 0.5

FindingKind = Literal[
    "little", "headless", "long", "twin", "namesake", "foreign", "file-name", "remark", "undated"
]


@dataclass(frozen=True, slots=True)
class Kind:
    """What findings of one kind are called and how they are mended.

    A `grave` one may keep an answer from patients or give them a wrong one. One that is not `told` with its
    file is counted only: a folder without dates would bury all else.
    """

    name: str
    remedy: str
    grave: bool = True
    told: bool = True


KINDS: Mapping[FindingKind, Kind] = {
    "little": Kind(
        "little of the text can be quoted",
        "The page /evaluate/documents (python app.py --evaluator) shows in grey what cannot be quoted. If"
        " patients need it, save the source anew as Word or HTML with its headings set as headings.",
    ),
    "long": Kind(
        "a passage longer than a reader takes in at once",
        "Divide the sentence, list or table in the source.",
    ),
    "twin": Kind("the same text twice", "Take one of the files out, or patients see everything twice."),
    "namesake": Kind(
        "the same title twice",
        "Take the older file out, or give each a title of its own: patients are told the title.",
    ),
    "foreign": Kind(
        "another language than the other documents",
        "Serve it from a folder of its own: questions in one language do not find passages in another.",
    ),
    "headless": Kind(
        "no headings",
        "Passages are found better under headings: set them as headings in the source and save it again.",
        grave=False,
    ),
    "file-name": Kind(
        "titled with the file's name",
        "Patients are told the title: state it in the file's properties or as its first heading.",
        grave=False,
    ),
    "remark": Kind("how it was read", "See in the document whether it reads as it should.", grave=False),
    "undated": Kind(
        "no date",
        "Patients cannot see how old the advice is: state the date in the file's properties or its text.",
        grave=False,
        told=False,
    ),
}
_COMPARED: tuple[StretchKind, StretchKind] = ("passage", "bibliography")
_REST: Mapping[StretchKind, str] = {
    "heading": "headings",
    "bibliography": "a list of sources",
    "leftover": "what surrounds the text of a page",
    "lost": "text that belongs to no passage",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a document, in a sentence."""

    kind: FindingKind
    sentence: str

    @property
    def grave(self) -> bool:
        """Whether it may keep an answer from patients, or give them a wrong one."""
        return KINDS[self.kind].grave


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in a document: `shares` of its text by kind, words of its longest passage.

    `words` is the text that can be quoted without all but letters and digits, `language` what it reads as.
    """

    shares: Mapping[StretchKind, float]
    longest: int
    words: str
    language: str | None


class Findings:
    """Finds what to look at, each document beside all others."""

    def __init__(self, corpus: Corpus, figures: Mapping[str, Figures]) -> None:
        self._figures = figures
        self._titles = _alike(corpus.documents, [_folded(document.title) for document in corpus.documents])
        self._texts = _alike(corpus.documents, [figures[document.id].words for document in corpus.documents])
        languages = Counter(found.language for found in figures.values() if found.language)
        # As many documents in English as in another language: the bot's own language is the usual one.
        self._usual = max(languages, key=lambda name: (languages[name], name == "en"), default="en")

    def of(self, document: Document) -> tuple[Finding, ...]:
        """What is to be looked at in a document, the gravest first."""
        figures = self._figures[document.id]
        found = [
            *_unquoted(figures),
            *_headings(document),
            *_length(figures),
            *self._others(document),
            *self._language(figures),
            *_title(document),
            *(Finding("remark", remark) for remark in document.remarks),
            *_date(document),
        ]
        return tuple(sorted(found, key=lambda finding: not finding.grave))

    def _others(self, document: Document) -> Iterator[Finding]:
        twins = self._texts[document.id]
        if twins:
            yield Finding("twin", f"Its text is that of {_listed(twins)} too.")
        namesakes = [name for name in self._titles[document.id] if name not in twins]
        if namesakes:
            yield Finding("namesake", f"Its title is that of {_listed(namesakes)} too.")

    def _language(self, figures: Figures) -> Iterator[Finding]:
        if figures.language not in (None, self._usual):
            yield Finding(
                "foreign", f'It reads as "{figures.language}", most other documents as "{self._usual}".'
            )


def _unquoted(figures: Figures) -> Iterator[Finding]:
    share, sources = (figures.shares.get(kind, 0.0) for kind in _COMPARED)
    if sources <= MOST_SOURCES and share >= LITTLE * (1 - sources):
        return
    rest = sorted(((figures.shares.get(kind, 0.0), name) for kind, name in _REST.items()), reverse=True)
    named = ", ".join(f"{name} ({part:.0%})" for part, name in rest if part >= 0.05)
    said = f"Only {share:.0%} of its text" if share else "Nothing of it"
    yield Finding(
        "little", f"{said} can be quoted; the rest is {named}." if named else f"{said} can be quoted."
    )


def _headings(document: Document) -> Iterator[Finding]:
    if not any(section.heading for section in document.sections if section.role == "body"):
        yield Finding("headless", "It has no headings.")


def _length(figures: Figures) -> Iterator[Finding]:
    if figures.longest > MAX_WORDS:
        yield Finding("long", f"Its longest passage has {figures.longest} words, over {MAX_WORDS}.")


def _title(document: Document) -> Iterator[Finding]:
    if document.title == PurePosixPath(document.id).stem:
        yield Finding("file-name", "Its title is the name of its file.")


def _date(document: Document) -> Iterator[Finding]:
    if not (document.revised or document.published):
        yield Finding("undated", "It gives no date.")


def _alike(documents: Sequence[Document], keys: Iterable[str]) -> Mapping[str, list[str]]:
    """The others that have the same key, by document."""
    by_key: dict[str, list[str]] = {}
    keyed = list(zip(documents, keys, strict=True))
    for document, key in keyed:
        by_key.setdefault(key, []).append(document.id)
    return {
        document.id: [other for other in by_key[key] if other != document.id] if key else []
        for document, key in keyed
    }


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _listed(names: Sequence[str]) -> str:
    first, *more = names
    return f"{first} and {len(more)} more" if more else first
