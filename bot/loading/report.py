"""Documents and passages in, the figures and findings of each out; doors only render them."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.loading.findings import KINDS, Figures, Finding, Findings, Kind
from bot.loading.stretches import shares, stretches
from bot.records import Corpus, Document, Passage, Problem
from bot.rendering.citation import dated
from bot.understanding.language import text_language

# A larger folder shows the files that need a look, and no more of these than somebody reads.
MOST_LISTED = 100
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Loaded:
    """One document as it was read.

    `pages` is None for a format without pages; `quotable` is the share of its text that can be quoted,
    from 0 to 1, `longest` the words of its longest passage.
    """

    doc: str
    title: str
    date: str | None
    language: str
    pages: int | None
    sections: int
    headings: int
    passages: int
    characters: int
    quotable: float
    longest: int
    findings: tuple[Finding, ...]

    @property
    def grave(self) -> bool:
        """Whether something in it may keep an answer from patients, or give them a wrong one."""
        return any(finding.grave for finding in self.findings)

    @property
    def told(self) -> tuple[Finding, ...]:
        """What is said of it by itself."""
        return tuple(finding for finding in self.findings if KINDS[finding.kind].told)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was read of a folder, by document in the order of their ids, and what was left out."""

    digest: str
    documents: tuple[Loaded, ...]
    problems: tuple[Problem, ...]

    @property
    def worst_first(self) -> tuple[Loaded, ...]:
        """The documents: those with something grave, with something to look at, all others; else by name."""
        return tuple(sorted(self.documents, key=lambda found: (not found.grave, not found.told, found.doc)))

    def listed(self, *, everything: bool = False) -> tuple[Sequence[Problem], Sequence[Loaded], int]:
        """What was left out and what was read, the worst first, and how many files these are without.

        `everything` lists all files of a folder that has more than somebody reads.
        """
        left_out, documents = self.problems, self.worst_first
        if not everything and len(left_out) + len(documents) > MOST_LISTED:
            left_out = left_out[:MOST_LISTED]
            troubled = [found for found in documents if found.told]
            documents = tuple(troubled[: MOST_LISTED - len(left_out)])
        rest = len(self.problems) + len(self.documents) - len(left_out) - len(documents)
        return left_out, documents, rest

    @property
    def kinds(self) -> Sequence[tuple[Kind, int]]:
        """Every kind of finding that there is, and in how many documents."""
        counts = Counter(
            kind for found in self.documents for kind in {finding.kind for finding in found.findings}
        )
        return [(kind, counts[name]) for name, kind in KINDS.items() if counts[name]]

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return sum(found.passages for found in self.documents)

    @property
    def quotable(self) -> float:
        """The share of all text that can be quoted."""
        whole = sum(found.characters for found in self.documents)
        return sum(found.quotable * found.characters for found in self.documents) / whole if whole else 0.0

    def as_json(self) -> str:
        """The whole of it as one JSON object."""
        corpus = {
            "digest": self.digest,
            "documents": len(self.documents),
            "left_out": len(self.problems),
            "passages": self.passages,
            "quotable": round(self.quotable, 4),
        }
        documents = [_described(found) for found in self.documents]
        problems = [asdict(problem) for problem in self.problems]
        return json.dumps({"corpus": corpus, "documents": documents, "problems": problems}, indent=1) + "\n"


def load_report(corpus: Corpus, passages: Sequence[Passage]) -> LoadReport:
    """The report of a corpus; `passages` are all of its passages."""
    cut: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        cut[passage.doc].append(passage)
    figures = {document.id: _figures(document, cut[document.id]) for document in corpus.documents}
    findings = Findings(corpus, figures)
    loaded = (
        _loaded(document, len(cut[document.id]), figures[document.id], findings.of(document))
        for document in corpus.documents
    )
    return LoadReport(corpus.digest, tuple(loaded), corpus.problems)


def _figures(document: Document, passages: Sequence[Passage]) -> Figures:
    quoted = " ".join(passage.text for passage in passages)
    return Figures(
        shares=shares(document, stretches(document, passages)),
        longest=max((len(passage.text.split()) for passage in passages), default=0),
        words=_NO_WORD.sub("", quoted).casefold(),
        language=text_language(quoted),
    )


def _loaded(document: Document, passages: int, figures: Figures, findings: tuple[Finding, ...]) -> Loaded:
    return Loaded(
        doc=document.id,
        title=document.title,
        date=dated(document),
        language=document.language,
        pages=len(document.pages) or None,
        sections=len(document.sections),
        headings=sum(bool(section.heading) for section in document.sections),
        passages=passages,
        characters=len("".join(document.text.split())),
        quotable=figures.shares.get("passage", 0.0),
        longest=figures.longest,
        findings=findings,
    )


def _described(found: Loaded) -> Mapping[str, object]:
    described = {"id": found.doc, **asdict(found), "quotable": round(found.quotable, 4)}
    del described["doc"], described["findings"]
    return described | {"warnings": [_warning(finding) for finding in found.findings]}


def _warning(finding: Finding) -> Mapping[str, object]:
    return {**asdict(finding), "grave": finding.grave, "remedy": KINDS[finding.kind].remedy}
