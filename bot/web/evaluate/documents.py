"""What the operator sees of the documents: every file as it was read, and what of it can be quoted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from bot.assistant import Assistant
from bot.loading.findings import KINDS
from bot.loading.report import LoadReport, load_report
from bot.loading.stretches import StretchKind, shares, stretches
from bot.loading.written import totals
from bot.records import Document, Passage
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.pages import Pages
from bot.web.evaluate.refused import Refused
from bot.web.originals import original_address

# What a stretch of a document is called in the legend beside it.
NAMES: Mapping[StretchKind, str] = {
    "passage": "can be quoted",
    "heading": "headings: shown with a passage",
    "bibliography": "a list of sources: answers nothing",
    "leftover": "what surrounds the text of a page: answers nothing",
    "facts": "what the file says of itself",
    "lost": "belongs to no passage: patients never see it as an answer",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document with its words; passages are numbered from 1, all else has no number."""

    kind: StretchKind
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """An assistant's documents as they are reported on, worked out once for each assistant."""

    assistant: Assistant
    report: LoadReport
    passages: Mapping[str, Sequence[Passage]]

    @classmethod
    def of(cls, assistant: Assistant) -> "_Read":
        passages: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in assistant.passages:
            passages[passage.doc].append(passage)
        return cls(assistant, load_report(assistant.corpus, assistant.passages), passages)


class DocumentPages:
    """The list of the documents and the view of each."""

    def __init__(self, bench: Bench, pages: Pages) -> None:
        self._bench = bench
        self._pages = pages
        self._known: _Read | None = None

    def list(self, *, everything: bool) -> HTMLResponse:
        """Every file, the worst first, with what to look at and what mends it."""
        report = self._read().report
        left_out, documents, rest = report.listed(everything=everything)
        return self._pages.page(
            "documents",
            report=report,
            left_out=left_out,
            documents=documents,
            rest=rest,
            totals=totals(report),
        )

    def document(self, doc: str) -> HTMLResponse:
        """One document, what can be quoted plain and all else grey; raises Refused where there is none."""
        read = self._read()
        loaded = next((found for found in read.report.documents if found.doc == doc), None)
        if loaded is None:
            raise Refused(404, "There is no such document; go back to the list of documents.")
        document = read.assistant.document(doc)
        passages = read.passages.get(doc, ())
        return self._pages.page(
            "document",
            loaded=loaded,
            document=document,
            original=original_address(document),
            kinds=KINDS,
            pieces=tuple(_pieces(document, passages)),
            legend=_legend(document, passages),
        )

    def _read(self) -> _Read:
        assistant = self._bench.served.assistant
        if self._known is None or self._known.assistant is not assistant:
            self._known = _Read.of(assistant)
        return self._known


def add_documents(router: APIRouter, shown: DocumentPages) -> None:
    """The addresses of the list and of each document."""

    @router.get("/documents")
    def documents(every: bool = False) -> HTMLResponse:
        return shown.list(everything=every)

    @router.get("/documents/{doc:path}")
    def document(doc: str) -> HTMLResponse:
        return shown.document(doc)


def _pieces(document: Document, passages: Sequence[Passage]) -> Iterator[Piece]:
    number = 0
    for stretch in stretches(document, passages):
        number += stretch.kind == "passage"
        text = document.text[stretch.start : stretch.end]
        yield Piece(stretch.kind, text, number if stretch.kind == "passage" else None)


def _legend(
    document: Document, passages: Sequence[Passage]
) -> Sequence[tuple[StretchKind, str, float | None]]:
    """What the looks mean that occur in a document, with the share of its text that each has."""
    found = stretches(document, passages)
    kinds = {stretch.kind for stretch in found}
    parts = shares(document, found)
    return [(kind, name, parts.get(kind)) for kind, name in NAMES.items() if kind in kinds]
