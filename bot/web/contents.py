"""A corpus in, the page out that lists its documents and, as links that ask, their headings."""

from html import escape
from urllib.parse import quote

from bot.assistant import Assistant
from bot.records import Document
from bot.rendering.citation import dated
from bot.web.messages import front
from bot.wording import say


def contents_page(assistant: Assistant, language: str) -> str:
    """The whole page in HTML; whatever is not ours is escaped."""
    corpus = assistant.corpus
    title = escape(say("contents_title", language))
    documents = "".join(_entry(document, assistant, language) for document in corpus.documents)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>"
        f'<body class="plain-page"><main><p><a class="back" href="{front.address(language)}">'
        f"{escape(say('to_chat', language))}</a></p><h1>{title}</h1>"
        f"<p>{escape(front.about(corpus, language))}</p>{documents}</main></body></html>"
    )


def _entry(document: Document, assistant: Assistant, language: str) -> str:
    known = ", ".join(part for part in (document.publisher, _date(document)) if part)
    headings = assistant.headings(document.id)
    asks = "".join(
        f"<li>{_link(f'{front.address(language)}#ask={quote(question)}', heading[-1])}</li>"
        for heading, question in headings.items()
        if heading
    )
    reads = _link(f"/read/{quote(document.id)}?lang={language}", say("read_document", language))
    return (
        f'<section lang="{escape(document.language)}"><h2>{escape(document.title)}</h2>'
        f'<p>{escape(known)} <span lang="{language}">{reads}</span></p><ul class="asks">{asks}</ul></section>'
    )


def _date(document: Document) -> str | None:
    return None if document.references else dated(document)


def _link(address: str, label: str) -> str:
    return f'<a href="{escape(address)}">{escape(label)}</a>'
