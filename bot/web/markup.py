"""An Answer in, the chat's markup out: every character that is not the page's own is encoded."""

from collections.abc import Iterator, Sequence

from bot import wording
from bot.assistant import Assistant
from bot.citation import citation
from bot.records import Answer, Quote, Span, Understood


def encoded(text: str) -> str:
    """Text that Markdown, HTML and KaTeX leave exactly as it is: all but letters and digits as entities.

    A blank between two words stays, so that lines can break. The control characters from U+0080 stay too:
    HTML reads their entities as the letters of an old Windows code page.
    """
    return "".join(
        mark
        if (mark.isascii() and mark.isalnum()) or "\x80" <= mark <= "\x9f" or _between_words(text, at)
        else f"&#{ord(mark)};"
        for at, mark in enumerate(text)
    )


def _between_words(text: str, at: int) -> bool:
    return (
        text[at] == " "
        and 0 < at < len(text) - 1
        and not text[at - 1].isspace()
        and not text[at + 1].isspace()
    )


def asked_markup(question: str) -> str:
    """What the patient typed."""
    return f'<p class="asked">{encoded(question)}</p>'


def answer_markup(answer: Answer, assistant: Assistant) -> str:
    """What the bot shows for it: its own fixed sentences apart from what the sources say."""
    return "".join(_parts(answer, assistant))


def sentence_markup(sentence: str) -> str:
    """One sentence of the bot's own."""
    return f'<p class="own">{encoded(sentence)}</p>'


def _parts(answer: Answer, assistant: Assistant) -> Iterator[str]:
    if answer.notice is not None:
        text = wording.notice(answer.notice, assistant.settings)
        yield f'<p class="notice" role="alert">{encoded(text)}</p>'
    if answer.small_talk is not None:
        yield sentence_markup(wording.SMALL_TALK[answer.small_talk])
    else:
        yield from _understood(answer.understood)
        yield f'<p class="own outcome {answer.outcome}">{encoded(wording.OUTCOMES[answer.outcome])}</p>'
    for quote in answer.quotes:
        yield _quote(quote, assistant)
    if answer.missing and answer.outcome != "answered":
        yield sentence_markup(wording.MISSING.format(words=", ".join(answer.missing)))
    if answer.suggestions:
        yield sentence_markup(wording.SUGGESTIONS)
        yield f'<p class="suggestions">{"".join(map(_suggestion, answer.suggestions))}</p>'


def _understood(understood: Understood) -> Iterator[str]:
    lines = [wording.CORRECTED.format(typed=typed, meant=meant) for typed, meant in understood.corrected]
    lines += [wording.ADDED.format(own=own, added=added) for own, added in understood.added]
    if understood.carried:
        lines.append(wording.CARRIED.format(words=", ".join(understood.carried)))
    if understood.asked is not None:
        lines.append(wording.ASKED.format(asked=understood.asked))
    if lines:
        yield f'<p class="own understood">{"<br>".join(map(encoded, lines))}</p>'


def _suggestion(text: str) -> str:
    return f'<button type="button" class="suggestion" value="{encoded(text)}">{encoded(text)}</button>'


def _quote(quote: Quote, assistant: Assistant) -> str:
    passage = quote.passage
    document = assistant.document(passage.doc)
    cited = citation(document, passage)
    place = encoded(f"{passage.start}:{passage.end}:{passage.doc}")
    return (
        f'<blockquote class="quote">{_marked(quote)}</blockquote>'
        f'<p class="cited"><button type="button" class="cite" value="{place}">{encoded(cited)}</button></p>'
    )


def _marked(quote: Quote) -> str:
    """The passage's text, its answering spans marked unless all of it is."""
    passage = quote.passage
    if _covers(quote.highlights, passage.units):
        return encoded(passage.text)
    parts, at = [], passage.start
    for span in quote.highlights:
        parts.append(encoded(_slice(quote, at, span.start)))
        parts.append(f"<mark>{encoded(_slice(quote, span.start, span.end))}</mark>")
        at = span.end
    parts.append(encoded(_slice(quote, at, passage.end)))
    return "".join(parts)


def _covers(highlights: Sequence[Span], units: Sequence[Span]) -> bool:
    return tuple(highlights) == tuple(units)


def _slice(quote: Quote, start: int, end: int) -> str:
    first = quote.passage.start
    return quote.passage.text[start - first : end - first]
