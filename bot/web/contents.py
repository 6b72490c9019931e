"""A corpus in, the page out that lists its documents and, as links that ask, their headings."""

from html import escape
from urllib.parse import quote

from bot.assistant import Assistant
from bot.records import Document
from bot.rendering.citation import dated
from bot.web.messages import front
from bot.wording import say

# The headings of more documents than this are folded away, for nobody looks through a hundred screens.
MOST_OPEN = 20


def contents_page(assistant: Assistant, language: str) -> str:
    """The whole page in HTML; whatever is not ours is escaped."""
    corpus = assistant.corpus
    title = escape(say("contents_title", language))
    folded = len(corpus.documents) > MOST_OPEN
    documents = "".join(_entry(document, assistant, language, folded=folded) for document in corpus.documents)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>"
        f'<body class="plain-page"><main><p><a class="back" href="{front.address(language)}">'
        f"{escape(say('to_chat', language))}</a></p><h1>{title}</h1>"
        f"<p>{escape(front.about(corpus, language))}</p>{documents}</main></body></html>"
    )


def _entry(document: Document, assistant: Assistant, language: str, *, folded: bool) -> str:
    known = ", ".join(part for part in (document.publisher, _date(document)) if part)
    headings = assistant.headings(document.id)
    asks = "".join(
        f"<li>{_link(f'{front.address(language)}#ask={quote(question)}', heading[-1])}</li>"
        for heading, question in headings.items()
        if heading
    )
    reads = _link(f"/read/{quote(document.id)}?lang={language}", say("read_document", language))
    name, inner = escape(document.title), f'<ul class="asks">{asks}</ul>'
    about = f'<p>{escape(known)} <span lang="{language}">{reads}</span></p>'
    within = (
        f"<details><summary><h2>{name}</h2></summary>{about}{inner}</details>"
        if folded
        else f"<h2>{name}</h2>{about}{inner}"
    )
    return f'<section lang="{escape(document.language)}">{within}</section>'


def _date(document: Document) -> str | None:
    return None if document.references else dated(document)


def _link(address: str, label: str) -> str:
    return f'<a href="{escape(address)}">{escape(label)}</a>'
