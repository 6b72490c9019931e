"""An Answer in, the JSON object of one prediction out: the shape that every door gives."""

from bot.records import Answer, Hit, Part, Quote, Span, Understood
from bot.rendering.provenance import as_source


def as_prediction(
    answer: Answer,
    *,
    question_id: str | None = None,
    ranked: bool = True,
    sources: bool = False,
) -> dict[str, object]:
    """The object that `ask --json`, a line of `predict` and the HTTP interface share.

    With `sources` each passage says from which "source" it is.
    """
    prediction: dict[str, object] = {} if question_id is None else {"id": question_id}
    prediction |= {
        "question": answer.question,
        "outcome": answer.outcome,
        "notice": answer.notice,
        "passages": [_passage(quote) | _source(quote, sources=sources) for quote in answer.quotes],
    }
    if ranked:
        prediction["ranked"] = [_hit(hit) for hit in answer.ranked]
    return prediction | {
        "understood": _understood(answer.understood),
        "confidence": round(answer.confidence, 6),
        "missing": list(answer.missing),
        "suggestions": list(answer.suggestions),
        "parts": [_part(part) for part in answer.parts],
        "left": list(answer.left),
        "small_talk": answer.small_talk,
        "decision": answer.decision,
        "language": answer.language,
        "milliseconds": round(answer.milliseconds, 1),
    }


def _passage(quote: Quote) -> dict[str, object]:
    passage = quote.passage
    return {
        "doc": passage.doc,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "heading": list(passage.heading),
        "page": passage.page,
        "score": quote.score,
        "answers": quote.answers,
        "highlights": [_span(span) for span in quote.highlights],
        "beside": [_span(span) for span in passage.beside],
    }


def _source(quote: Quote, *, sources: bool) -> dict[str, object]:
    return {"source": as_source(quote.document, quote.passage)} if sources else {}


def _part(part: Part) -> dict[str, object]:
    return {"question": part.question, "outcome": part.outcome, "passages": list(part.quotes)}


def _hit(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {"doc": passage.doc, "start": passage.start, "end": passage.end, "score": hit.score}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _understood(understood: Understood) -> dict[str, object]:
    return {
        "corrected": [list(pair) for pair in understood.corrected],
        "added": [list(pair) for pair in understood.added],
        "carried": list(understood.carried),
        "asked": understood.asked,
        "aspects": list(understood.aspects),
    }
