"""An Answer in, paragraphs for a terminal out."""

from bot.assistant import Assistant
from bot.citation import citation
from bot.records import Answer, Understood
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
    elsewhere = answer.language != DEFAULT_LANGUAGE
    if answer.decision:
        shown.append(say("decision"))
    if answer.small_talk is not None:
        shown.append(say(answer.small_talk))
    elif elsewhere:
        shown.append(foreign(answer.language)[0])
    else:
        shown.extend([*_understood(answer.understood), say(f"outcome_{answer.outcome}")])
    for quote in answer.quotes:
        cited = citation(assistant.document(quote.passage.doc), quote.passage)
        shown.append(f"{_indented(quote.passage.text)}\n  \u2014 {cited}")
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
