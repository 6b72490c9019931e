"""An Answer in, the JSON that the page shows out: a prediction with what a reader needs beside it."""

from dataclasses import asdict
from datetime import date

from bot.answering.context import widened
from bot.assistant import Assistant
from bot.records import Answer, Document, Quote
from bot.rendering.beside import beside_texts
from bot.rendering.citation import age_years, citation, dated
from bot.rendering.prediction import as_prediction
from bot.rendering.provenance import carried, provenance
from bot.rendering.shape import shaped
from bot.serving import Standing
from bot.web.messages.address import address
from bot.web.originals import original_address
from bot.wording import DEFAULT_LANGUAGE, catalogue, foreign, notice

# So many questions from neighbouring headings are offered under an answer.
NEXT_QUESTIONS = 3


def as_shown(answer: Answer, assistant: Assistant) -> dict[str, object]:
    """The object of one prediction and, for the page, `notices` (the notice in each language of the page's),
    `next` (further questions), `foreign` (what a message in another language is told, in it) and more about
    each passage.

    The answer may have been given before the documents changed: `sha256` tells which text a passage counts
    in, `standing` whether that is still the text of its document.
    """
    shown = as_prediction(answer, sources=True)
    passages = [
        given | _sourced(quote, assistant) for given, quote in zip(_given(shown), answer.quotes, strict=True)
    ]
    notices = {
        language: notice(answer.notice, assistant.settings, language)
        for language in catalogue()
        if answer.notice
    }
    following = assistant.nearby(answer, NEXT_QUESTIONS) if answer.outcome == "answered" else ()
    told, told_in = foreign(answer.language)
    elsewhere = {"text": told, "language": told_in} if answer.language != DEFAULT_LANGUAGE else None
    return shown | {
        "passages": passages,
        "notices": notices,
        "next": list(following),
        "foreign": elsewhere,
    }


def described(document: Document) -> dict[str, object]:
    """What is to be told of a document without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "revised": document.revised,
        "address": address(document),
        "original": original_address(document),
        "language": document.language,
        "sha256": document.digest,
    }


def _given(shown: dict[str, object]) -> list[dict[str, object]]:
    passages = shown["passages"]
    assert isinstance(passages, list)  # noqa: S101 - tells the type checker what as_prediction made
    return passages


def _sourced(quote: Quote, assistant: Assistant) -> dict[str, object]:
    passage = quote.passage
    document = quote.document
    standing = standing_of(document, assistant)
    # What stands around a passage is shown from the document as it is now.
    around = widened(document, passage.start, passage.end) if standing == "identical" else ()
    old = assistant.settings.age_note_years
    told = provenance(document, passage, today=date.today(), old=old)
    ages = [age_years(source, date.today()) for source in carried(document, passage) or (document,)]
    years = max((age for age in ages if age is not None), default=None)
    return {
        "citation": citation(document, passage),
        "title": document.title,
        "publisher": document.publisher,
        "date": dated(document),
        "aged": years if years is not None and years >= old else None,
        "provenance": list(told.lines),
        "language": document.language,
        "address": address(document),
        "original": original_address(document, passage.page),
        "beside_text": beside_texts(document, passage),
        "units": [asdict(unit) for unit in shaped(document, passage)],
        "context": [[span.start, span.end] for span in around],
        "sha256": document.digest,
        "standing": standing,
    }


def standing_of(quoted: Document, assistant: Assistant) -> Standing:
    """How the document that was quoted stands to the one that is served now."""
    if not assistant.holds(quoted.id):
        return "gone"
    return "identical" if assistant.document(quoted.id).digest == quoted.digest else "changed"
