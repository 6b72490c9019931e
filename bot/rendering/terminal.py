"""An Answer in, paragraphs for a terminal out."""

import sys
from datetime import date

from bot.assistant import Assistant
from bot.records import Answer, Corpus, Part, Quote, Understood
from bot.rendering.beside import beside_lines
from bot.rendering.citation import citation
from bot.rendering.provenance import provenance
from bot.settings import Settings
from bot.wording import DEFAULT_LANGUAGE, foreign, notice, say


def printable(text: str) -> str:
    """The text without characters that could steer a terminal; line ends and tabs stay."""
    return "".join(
        sign if sign.isprintable() or sign in "\n\t" else "\N{REPLACEMENT CHARACTER}"
        for sign in text.replace("\r\n", "\n")
    )


def paragraphs(answer: Answer, assistant: Assistant) -> list[str]:
    """What a patient is told and shown, in the order in which it is to be read."""
    shown = []
    if answer.notice is not None:
        shown.append(notice(answer.notice, assistant.settings))
    if answer.notice == "crisis":
        return [printable(text) for text in shown]
    elsewhere = answer.language != DEFAULT_LANGUAGE
    if answer.afraid and answer.quotes:
        shown.append(say("afraid"))
    if answer.decision:
        shown.append(say("decision"))
    if answer.small_talk is not None:
        shown.append(say(answer.small_talk))
    elif elsewhere:
        shown.append(foreign(answer.language)[0])
    else:
        shown.extend([*_understood(answer.understood), *_found(answer, assistant.settings)])
    if answer.missing and answer.outcome != "answered":
        shown.append(say("missing", words=", ".join(answer.missing)))
    if answer.suggestions:
        shown.append(
            "\n".join(
                [
                    say("try" if answer.small_talk or elsewhere else "suggestions"),
                    *(f"  {text}" for text in answer.suggestions),
                ]
            )
        )
    return [printable(text) for text in shown]


def _found(answer: Answer, settings: Settings) -> list[str]:
    """What was found for the whole message, or for each of its questions."""
    parts = answer.parts or (Part("", answer.outcome, tuple(range(len(answer.quotes)))),)
    shown = []
    for part in parts:
        if part.question:
            shown.append(say("part", question=part.question))
        shown.append(say(f"outcome_{part.outcome}"))
        shown += [_quoted(answer.quotes[place], settings) for place in part.quotes]
    if answer.left:
        shown.append(say("parts_left", questions=", ".join(answer.left)))
    return shown


def _quoted(quote: Quote, settings: Settings) -> str:
    document, passage = quote.document, quote.passage
    told = provenance(document, passage, today=date.today(), old=settings.age_note_years)
    shown = "\n".join([*beside_lines(document, passage), passage.text])
    cited = citation(document, passage)
    return "\n    ".join([f"{_indented(shown)}\n  \u2014 {cited}", *told.lines])


def _understood(understood: Understood) -> list[str]:
    lines = [say("corrected", typed=typed, meant=meant) for typed, meant in understood.corrected]
    lines += [say("added", own=own, added=added) for own, added in understood.added]
    if understood.carried:
        lines.append(say("carried", words=", ".join(understood.carried)))
    if understood.asked is not None:
        lines.append(say("asked", asked=understood.asked))
    return ["\n".join(lines)] if lines else []


def _indented(text: str) -> str:
    return "\n".join(f"  | {line}" for line in text.splitlines())


def complain(sentence: str) -> None:
    """A sentence on standard error."""
    sys.stderr.write(f"{printable(sentence)}\n")


def complain_of_files(corpus: Corpus) -> None:
    """A sentence on every file that could not be read."""
    for problem in corpus.problems:
        complain(problem.sentence)
