"""Conversations about a story in, entries out: the form of CoQA."""

from collections.abc import Iterator

from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import Entry, GoldEntry
from bot.evaluation.rows import Row


def entries_of(story: Row, faults: Faults) -> Iterator[Entry]:
    """The questions of one conversation, each after those before it; what is wrong is noted."""
    context, name = story.text("story"), story.name("id")
    answers = {row.integer("turn_id"): row for row in story.rows("answers")}
    asked: list[str] = []
    for row in story.rows("questions"):
        with faults.noted():
            turn, question = row.integer("turn_id"), row.text("input_text")
            if turn not in answers:
                row.fail("the question has no answer of its turn; add one.")
            yield Entry(
                row.where,
                f"{name}/{turn}",
                question,
                history=tuple(asked),
                answers=_answers(answers[turn], context),
                article=name,
            )
            asked.append(question)


def _answers(row: Row, context: str) -> tuple[GoldEntry, ...]:
    """The span that answers; one below 0 says that the story does not."""
    start, end = row.integer("span_start"), row.integer("span_end")
    if start < 0 and end < 0:
        return ()
    if not 0 <= start < end <= len(context):
        sentence = f"{row.where}: the span {start} to {end} is not inside the story; correct it."
        return (GoldEntry(row.where, None, fault=sentence),)
    return (GoldEntry(row.where, None, context=context, alternatives=((start, end),)),)
