"""A quote in, the figure out that shows it: its words, where they stand, from when, and what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.answering.context import widened
from bot.assistant import Assistant
from bot.records import Document, Passage, Quote, Span
from bot.rendering.citation import citation
from bot.rendering.provenance import provenance
from bot.web.messages.address import address, fragment
from bot.web.messages.encoding import entities, tag
from bot.web.messages.rows import Shown, beside, laid_out
from bot.web.messages.terms import Term, Terms
from bot.web.showing import standing_of
from bot.wording import say

# So many characters around a quote are sent along with it; the reader has all the rest.
LONGEST_AROUND = 2_500


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What quotes are shown with: the documents, their terms, the page's language, and who looks."""

    assistant: Assistant
    terms: Terms
    language: str
    evaluator: bool = False

    def say(self, name: str, **values: object) -> str:
        """A sentence of the page's own, as HTML."""
        return entities(say(name, self.language, **values))


def figure(quote: Quote, around: Surroundings) -> str:
    """The figure of one quote."""
    passage = quote.passage
    document = quote.document
    return tag(
        "figure",
        tag(
            "blockquote",
            laid_out(document, passage, _shown(quote)),
            kind="quote",
            lang=document.language,
            dir="auto",
        ),
        *_earlier(document, around),
        tag(
            "figcaption",
            _cite(passage.start, passage.end, document, citation(document, passage, around.language)),
            *_provenance(document, passage, around),
            *_explained(passage, around),
            *_wider(passage, document, around),
            _actions(passage, document, around),
        ),
        kind="quoted",
    )


def heading_line(quote: Quote) -> str:
    """Title and section of a quote on one line."""
    return " \u203a ".join([quote.document.title, *quote.passage.heading[-1:]])


def place(start: int, end: int, doc: str) -> str:
    """Where a passage stands, for the scripts of the page."""
    return f"{start}:{end}:{doc}"


def _cite(start: int, end: int, document: Document, label: str) -> str:
    where = place(start, end, document.id)
    # The name tells the scripts of the page which text the place counts in.
    return tag("button", entities(label), type="button", kind="cite", value=where, name=document.digest)


def _earlier(document: Document, around: Surroundings) -> Iterable[str]:
    """That the document is another now, where it is."""
    standing = standing_of(document, around.assistant)
    if standing != "identical":
        yield tag("p", around.say(f"check_{standing}"), kind="own earlier")


def _shown(quote: Quote) -> Shown:
    """How the words of a quote are written: those that answer are marked, unless that were all of them."""
    passage = quote.passage
    rest, at = "", passage.start
    for span in (*quote.highlights, Span(passage.end, passage.end)):
        rest += passage.text[at - passage.start : span.start - passage.start]
        at = span.end
    spans = quote.highlights if any(sign.isalnum() for sign in rest) else ()

    def words(start: int, end: int) -> str:
        return entities(passage.text[start - passage.start : end - passage.start])

    def shown(start: int, end: int) -> str:
        html, at = "", start
        for span in spans:
            first, last = max(span.start, at), min(span.end, end)
            if first < last:
                html += words(at, first) + tag("mark", words(first, last))
                at = last
        return html + words(at, end)

    return shown


def _provenance(document: Document, passage: Passage, around: Surroundings) -> Iterable[str]:
    old = around.assistant.settings.age_note_years
    told = provenance(document, passage, today=date.today(), old=old, language=around.language)
    yield from (tag("p", entities(line), kind="source origin") for line in told.origin)
    if told.aged:
        yield tag("p", entities(told.aged), kind="source aged")
    if told.reviewed:
        yield tag("p", entities(told.reviewed), kind="source reviewed", lang=document.language)


def _explained(passage: Passage, around: Surroundings) -> Iterable[str]:
    terms = around.terms.used(passage)
    if terms:
        explained = (_explanation(term, around) for term in terms)
        yield tag("div", tag("span", around.say("terms"), kind="terms-label"), *explained, kind="terms")


def _explanation(term: Term, around: Surroundings) -> str:
    document = around.assistant.document(term.passage.doc)
    label = citation(document, term.passage, around.language)
    return tag(
        "details",
        tag("summary", entities(term.name)),
        tag("blockquote", entities(term.text), kind="explanation", lang=document.language, dir="auto"),
        _cite(term.span.start, term.span.end, document, label),
        kind="term",
    )


def _wider(passage: Passage, document: Document, around: Surroundings) -> Iterable[str]:
    """The passage within more of its document, folded, so that nothing that stands beside it is cut off."""
    if standing_of(document, around.assistant) != "identical":
        return
    wider = [
        span
        for span in widened(document, passage.start, passage.end)
        if span.end - span.start <= passage.end - passage.start + LONGEST_AROUND
    ]
    if wider and _says_more(document, passage, wider[-1]):
        whole = wider[-1]
        above = [(document.text[span.start : span.end], span.start) for span in passage.beside]
        yield tag(
            "details",
            tag("summary", around.say("more")),
            tag(
                "blockquote",
                beside([text for text, at in above if at < whole.start]),
                entities(document.text[whole.start : passage.start]),
                tag("span", entities(passage.text), kind="was-shown"),
                entities(document.text[passage.end : whole.end]),
                kind="wider",
                lang=document.language,
                dir="auto",
            ),
            kind="more",
        )


def _says_more(document: Document, passage: Passage, whole: Span) -> bool:
    """Whether what stands around a passage is more than a heading, which stands over it anyway."""
    around = document.text[whole.start : passage.start], document.text[passage.end : whole.end]
    lines = [line.strip("#*_=- \t") for text in around for line in text.splitlines()]
    return any(line and line not in passage.heading for line in lines)


def _actions(passage: Passage, document: Document, around: Surroundings) -> str:
    where = place(passage.start, passage.end, document.id)
    buttons = ["copy", "link", "check"]
    if around.evaluator:
        buttons += ["judge_answers", "judge_wrong", "judge_harmful"]
    return tag(
        "div",
        *(
            tag(
                "button",
                around.say(name),
                type="button",
                kind=f"quiet do-{name}",
                value=where,
                name=document.digest,
            )
            for name in buttons
        ),
        *_original(passage, document, around),
        kind="actions",
    )


def _original(passage: Passage, document: Document, around: Surroundings) -> Iterable[str]:
    """The page that the document was taken from, opened where the passage stands in it."""
    where = address(document)
    if where:
        href = where.partition("#")[0] + fragment(passage.text)
        yield tag("a", around.say("original_at"), href=href, kind="original", target="_blank")
