"""A SQuAD 1.1 or 2.0 file in, entries out."""

from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import Entries, Entry, GoldEntry
from bot.evaluation.rows import Row, numbered_lines, parsed_json, quoted_name

# Published sets, most of them on one line, have up to 60 MB.
MOST_BYTES = 500_000_000


def read(path: Path) -> Entries:
    """The questions of a SQuAD file; its contexts must stand in the corpus. Raises QuestionSetError."""
    entries, faults = [], Faults()
    for article in articles(path):
        for paragraph in article.rows("paragraphs"):
            with faults.noted():
                context = paragraph.text("context")
                for question in paragraph.rows("qas"):
                    with faults.noted():
                        entries.append(_entry(question, context, article))
    return Entries(tuple(entries), faults=faults.sentences)


def articles(path: Path) -> tuple[Row, ...]:
    """The articles of a SQuAD file. Raises QuestionSetError."""
    name = quoted_name(path)
    value = parsed_json(name, "".join(line for _, line in numbered_lines(path, longest=MOST_BYTES)))
    if not isinstance(value, dict) or "data" not in value:
        raise QuestionSetError(f'{name} has no field "data", so it is no SQuAD file; use JSON Lines instead.')
    return Row(name, value).rows("data")


def _entry(row: Row, context: str, article: Row) -> Entry:
    impossible = row.values.get("is_impossible", False)
    if not isinstance(impossible, bool):
        row.fail('the field "is_impossible" must be true or false; correct it.')
    answers = row.rows("answers")
    if impossible and answers:
        row.fail("a question that is impossible has an answer; delete one of the two.")
    if not impossible and not answers:
        row.fail('there is no answer; add one, or "is_impossible": true.')
    return Entry(
        row.where,
        row.name("id"),
        row.text("question"),
        answers=_answers(answers, context),
        article=article.text("title") if article.has("title") else None,
    )


def _answers(rows: tuple[Row, ...], context: str) -> tuple[GoldEntry, ...]:
    """The annotators' answers: any of them will do, so they are the alternatives of one."""
    if not rows:
        return ()
    alternatives: dict[tuple[int, int], None] = {}
    for row in rows:
        text, start = row.text("text"), row.integer("answer_start")
        if start < 0 or context[start : start + len(text)] != text:
            row.fail(f'the text does not stand at "answer_start" {start} of its context; correct it.')
        alternatives[start, start + len(text)] = None
    return (GoldEntry(rows[0].where, None, context=context, alternatives=tuple(alternatives)),)
