"""A corpus in, the page out that lists its documents and, as links that ask, their headings."""

from collections import Counter
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from bot.assistant import Assistant
from bot.records import Document
from bot.rendering.citation import dated
from bot.web.messages import front
from bot.wording import say

# The headings of more documents than this are folded away, and there is a field to find one by its words:
# nobody looks through a hundred screens.
MOST_OPEN = 20
_SCRIPT = '<script type="module" src="/ui/list.js"></script>'


def contents_page(assistant: Assistant, language: str) -> str:
    """The whole page in HTML; whatever is not ours is escaped."""
    corpus = assistant.corpus
    title = escape(say("contents_title", language))
    folded = len(corpus.documents) > MOST_OPEN
    headings = {document.id: assistant.headings(document.id) for document in corpus.documents}
    common = Counter(heading[-1].casefold() for asks in headings.values() for heading in asks if heading)
    documents = "".join(
        _entry(document, _asks(headings[document.id], common, language), language, folded=folded)
        for document in corpus.documents
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title>{_SCRIPT if folded else ''}</head>"
        f'<body class="plain-page"><main><p>{_link(front.address(language), say("to_chat", language))}</p>'
        f"<h1>{title}</h1><p>{escape(front.about(assistant, language))}</p>"
        f"{_find(language) if folded else ''}{documents}</main></body></html>"
    )


def _find(language: str) -> str:
    """The field whose words the page's script finds documents by."""
    return (
        f'<form role="search"><label for="find">{escape(say("find", language))}</label>'
        '<input id="find" type="search" autocomplete="off"><p id="found" role="status"></p></form>'
    )


def _entry(document: Document, asks: str, language: str, *, folded: bool) -> str:
    known = ", ".join(part for part in (document.publisher, _date(document)) if part)
    reads = _link(f"/read/{quote(document.id)}?lang={language}", say("read_document", language))
    name, inner = escape(document.title), f'<ul class="asks">{asks}</ul>'
    about = f'<p>{escape(known)} <span lang="{language}">{reads}</span></p>'
    within = (
        f"<details><summary><h2>{name}</h2></summary>{about}{inner}</details>"
        if folded
        else f"<h2>{name}</h2>{about}{inner}"
    )
    return f'<section lang="{escape(document.language)}">{within}</section>'


def _asks(headings: Mapping[tuple[str, ...], str], common: Counter[str], language: str) -> str:
    """The headings of a document as links that ask; one that others have too, with what it belongs to."""
    asks = [
        (question, question if common[heading[-1].casefold()] > 1 else heading[-1])
        for heading, question in headings.items()
        if heading
    ]
    chat = front.address(language)
    return "".join(f"<li>{_link(f'{chat}#ask={quote(question)}', label)}</li>" for question, label in asks)


def _date(document: Document) -> str | None:
    return None if document.references else dated(document)


def _link(address: str, label: str) -> str:
    return f'<a href="{escape(address)}">{escape(label)}</a>'
