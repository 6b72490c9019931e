"""Turns of a conversation in, the messages of Gradio's chat out."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from textwrap import shorten
from typing import Literal, NotRequired, TypedDict

from bot.notices import languages
from bot.records import Answer, Notice, Part, Quote, Turn
from bot.web.messages.encoding import entities, tag
from bot.web.messages.quote import Surroundings, figure, heading_line
from bot.wording import DEFAULT_LANGUAGE, foreign, notice, say

# So many questions from neighbouring headings are offered under an answer.
NEXT_QUESTIONS = 3
# What a button takes back is written in front of the patient's word.
CORRECTED, ADDED, CARRIED = "corrected:", "added:", "carried:"
# A button that asks again what was lost, and the question that leans on it after that.
GO_ON = "go on:"
# So much of a question stands on that button.
LABEL_CHARACTERS = 80
# So much of a passage tells it from another of the same section.
BEGINNING_CHARACTERS = 60
_PHONE = re.compile(r"\d[\d ]*\d")


class Option(TypedDict):
    """A button under the newest message."""

    value: str
    label: str


class Message(TypedDict):
    """A message as Gradio's chat takes it; `content` is HTML."""

    role: Literal["user", "assistant"]
    content: str
    options: NotRequired[list[Option]]


def messages(
    turns: Sequence[Turn], around: Surroundings, *, lost: Sequence[str] | None = None
) -> list[Message]:
    """Two messages for each turn: what was asked, and what is said to it.

    `lost` are the questions before the turns that were lost, as far as they are known; None where none were.
    """
    shown: list[Message] = []
    for turn in turns:
        shown.append({"role": "user", "content": entities(turn.question)})
        parts = _parts(turn.question, turn.answer, around, was_lost=lost is not None)
        options = [*_going_on(turn, around, lost or ()), *_options(turn, around)]
        content = tag("section", *parts, kind="answer")
        shown.append({"role": "assistant", "content": content, "options": options})
    return shown


def _parts(question: str, answer: Answer, around: Surroundings, *, was_lost: bool) -> Iterable[str]:
    if answer.notice is not None:
        yield _notice(answer.notice, question, around)
    if answer.notice == "crisis":
        return
    if answer.afraid and answer.quotes:
        yield tag("p", around.say("afraid"), kind="own")
    if answer.decision:
        yield tag("p", around.say("decision"), kind="own decision")
    if answer.small_talk is not None:
        on_lost = was_lost and answer.small_talk == "leaning"
        yield tag("p", around.say("leaning_lost" if on_lost else answer.small_talk), kind="own")
    elif answer.language != DEFAULT_LANGUAGE:
        told, language = foreign(answer.language)
        yield tag("p", entities(told), kind="own foreign", lang=language, dir="auto")
    else:
        yield from _found(answer, around)
    yield _tools(answer, around)
    if offered := _offered(answer, around):
        # The scripts of the page put it over the buttons.
        yield tag("p", around.say(offered[0]), kind="own offered")


def _notice(kind: Notice, question: str, around: Surroundings) -> str:
    """The notice in the language of the message, with numbers that a phone calls at a tap."""
    heard = languages(question)
    language = around.language if around.language in heard or not heard else heard[0]
    text = notice(kind, around.assistant.settings, language)
    html, at = "", 0
    for found in _PHONE.finditer(text):
        number = found[0]
        html += entities(text[at : found.start()])
        html += tag("a", entities(number), href=f"tel:{number.replace(' ', '')}", kind="phone")
        at = found.end()
    return tag("p", html + entities(text[at:]), kind="notice", lang=language)


def _found(answer: Answer, around: Surroundings) -> Iterable[str]:
    """What was found for the whole message, or for each of its questions, and how it was understood."""
    parts = answer.parts or (Part("", answer.outcome, tuple(range(len(answer.quotes)))),)
    if len(parts) > 1:
        yield tag("p", around.say("parts_found", count=len(parts)), kind="own parts")
        yield tag("ol", *(_jump(place, part) for place, part in enumerate(parts)), kind="jumps")
    for part in parts:
        if part.question:
            # The buttons over them lead to it.
            heading = around.say("part", question=part.question)
            yield tag("h3", heading, kind="own part", tabindex="-1")
        outcome = around.say(f"outcome_{part.outcome}")
        yield tag("h4" if part.question else "h3", outcome, kind=f"own outcome {part.outcome}")
        yield from _quotes(answer, part, around)
    if answer.left:
        questions = ", ".join(f"\u201c{text}\u201d" for text in answer.left)
        yield tag("p", around.say("parts_left", questions=questions), kind="own")
    missing = [word for word in answer.missing if word.casefold() in answer.question.casefold()]
    if missing and answer.outcome != "answered":
        yield tag("p", around.say("missing", words=", ".join(missing)), kind="own missing")
    if answer.outcome == "none":
        yield tag("p", around.say("none_help"), kind="own")
    yield from _understood(answer, around)


def _jump(place: int, part: Part) -> str:
    """A button that leads to one of several questions."""
    return tag("li", tag("button", entities(part.question), type="button", kind="jump", value=str(place)))


def _quotes(answer: Answer, part: Part, around: Surroundings) -> Iterable[str]:
    """The first quote open, each further one behind a line that opens it."""
    quotes = [answer.quotes[place] for place in part.quotes]
    for quote in quotes[:1]:
        yield figure(quote, around)
    answering = {quote.passage.doc for quote in quotes if quote.answers}
    if len(answering) > 1:
        yield tag("p", around.say("both", count=len(answering)), kind="own both")
    for line, quote in islice(zip(_told_apart(quotes), quotes, strict=True), 1, None):
        yield tag("details", tag("summary", entities(line)), figure(quote, around), kind="further")


def _told_apart(quotes: Sequence[Quote]) -> Iterable[str]:
    """A line for each quote: title and section, and where two have the same, how its text begins."""
    lines = [heading_line(quote) for quote in quotes]
    for line, quote in zip(lines, quotes, strict=True):
        begins = shorten(quote.passage.text, BEGINNING_CHARACTERS, placeholder=" \u2026")
        yield f"{line}: \u201c{begins}\u201d" if lines.count(line) > 1 else line


def _understood(answer: Answer, around: Surroundings) -> Iterable[str]:
    understood = answer.understood
    lines = [around.say("corrected", typed=typed, meant=meant) for typed, meant in understood.corrected]
    lines += [around.say("added", own=own, added=added) for own, added in understood.added]
    if understood.carried:
        lines.append(around.say("carried", words=", ".join(understood.carried)))
    if understood.asked is not None:
        lines.append(around.say("asked", asked=understood.asked))
    if lines:
        words = dict.fromkeys(meant for _, meant in (*understood.corrected, *understood.added))
        short = around.say("understood_as", words=", ".join([*words, *understood.carried]))
        summary = short if words or understood.carried else around.say("understood")
        listed = tag("ul", *(tag("li", line) for line in lines))
        yield tag("details", tag("summary", summary), listed, kind="own understood")


def _offered(answer: Answer, around: Surroundings) -> tuple[str, Sequence[str]] | None:
    """Questions to go on with, and the sentence that stands over them."""
    if answer.notice == "crisis":
        return None
    if answer.suggestions:
        aside = answer.small_talk is not None or answer.language != DEFAULT_LANGUAGE
        return "try" if aside else "suggestions", answer.suggestions
    following = around.assistant.nearby(answer, NEXT_QUESTIONS) if answer.outcome == "answered" else ()
    return ("next", following) if following else None


def _going_on(turn: Turn, around: Surroundings, lost: Sequence[str]) -> Iterable[Option]:
    """A button that says what a question leans on: the last that was lost and named what it was about."""
    if turn.asked_back:
        named = (question for question in reversed(lost) if not around.assistant.leans(question))
        for question in islice(named, 1):
            short = shorten(question, LABEL_CHARACTERS, placeholder=" \u2026")
            yield Option(value=GO_ON, label=say("go_on", around.language, question=short))


def _options(turn: Turn, around: Surroundings) -> list[Option]:
    """Buttons that ask on, and ones that take back how the question was understood."""
    offered = _offered(turn.answer, around)
    options = [Option(value=text, label=text) for text in (offered[1] if offered else ())]
    understood, language = turn.answer.understood, around.language
    for typed, _ in understood.corrected:
        label = say("undo_corrected", language, typed=typed)
        options.append(Option(value=f"{CORRECTED}{typed}", label=label))
    for own, added in understood.added:
        options.append(Option(value=f"{ADDED}{own}", label=say("undo_added", language, added=added)))
    if understood.carried:
        options.append(Option(value=CARRIED, label=say("undo_carried", language)))
    return options


def _tools(answer: Answer, around: Surroundings) -> str:
    tools = [tag("button", around.say("listen"), type="button", kind="quiet listen")]
    if answer.quotes:
        box = '<input type="checkbox" class="keep">'
        tools.append(tag("label", box, around.say("keep_for_print"), kind="choose"))
    if around.evaluator and answer.small_talk is None and answer.language == DEFAULT_LANGUAGE:
        tools.append(
            tag("button", around.say("judge_none"), type="button", kind="quiet do-judge_none", value="none")
        )
    return tag("div", *tools, kind="tools")
