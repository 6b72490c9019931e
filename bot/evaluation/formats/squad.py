"""A file in the form of SQuAD in, entries and documents out: SQuAD 1.1 and 2.0, QuAC, CoQA."""

from collections.abc import Iterator
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats import coqa
from bot.evaluation.formats.entries import Carried, Entries, Entry, GoldEntry
from bot.evaluation.rows import Row, numbered_lines, parsed_json, quoted_name

# Published sets, most of them on one line, have up to 60 MB.
MOST_BYTES = 500_000_000
# QuAC ends each context with this word, which is the answer of what the context does not answer.
NO_ANSWER = "CANNOTANSWER"
# Questions that have one of these are asked one after the other.
OF_DIALOGUES = ("followup", "yesno")


def read(path: Path) -> Entries:
    """The questions of such a file; its contexts must stand in the corpus. Raises QuestionSetError."""
    entries: list[Entry] = []
    faults = Faults()
    for article in articles(path):
        with faults.noted():
            if article.has("story"):
                entries += coqa.entries_of(article, faults)
                continue
            for paragraph in article.rows("paragraphs"):
                with faults.noted():
                    entries += _paragraph(paragraph, article, faults)
    return Entries(tuple(entries), faults=faults.sentences)


def carried(path: Path) -> Iterator[Carried]:
    """The contexts, those of an article as one document."""
    for number, article in enumerate(articles(path), 1):
        if article.has("story"):
            yield Carried(article.name("id"), article.text("story") + "\n")
            continue
        contexts = dict.fromkeys(_context(paragraph) for paragraph in article.rows("paragraphs"))
        title = article.text("title") if article.has("title") else f"article {number}"
        if contexts:
            yield Carried(title, "\n\n".join(contexts) + "\n")


def articles(path: Path) -> tuple[Row, ...]:
    """The articles of a file. Raises QuestionSetError."""
    name = quoted_name(path)
    value = parsed_json(name, "".join(line for _, line in numbered_lines(path, longest=MOST_BYTES)))
    if not isinstance(value, dict) or "data" not in value:
        raise QuestionSetError(f'{name} has no field "data", so it is no SQuAD file; use JSON Lines instead.')
    return Row(name, value).rows("data")


def _context(paragraph: Row) -> str:
    return paragraph.text("context").removesuffix(NO_ANSWER).rstrip(" ")


def _paragraph(paragraph: Row, article: Row, faults: Faults) -> list[Entry]:
    context = _context(paragraph)
    title = article.text("title") if article.has("title") else None
    entries: list[Entry] = []
    asked: list[str] = []
    for row in paragraph.rows("qas"):
        with faults.noted():
            in_turn = any(row.has(name) for name in OF_DIALOGUES)
            entries.append(
                Entry(
                    row.where,
                    row.name("id"),
                    row.text("question"),
                    history=tuple(asked) if in_turn else (),
                    answers=_answers(row, context),
                    article=title,
                )
            )
            asked.append(row.text("question"))
    return entries


def _answers(row: Row, context: str) -> tuple[GoldEntry, ...]:
    impossible = row.values.get("is_impossible", False)
    if not isinstance(impossible, bool):
        row.fail('the field "is_impossible" must be true or false; correct it.')
    given = row.rows("answers")
    if impossible and given:
        row.fail("a question that is impossible has an answer; delete one of the two.")
    if not impossible and not given:
        row.fail('there is no answer; add one, or "is_impossible": true.')
    right = [answer for answer in given if answer.values.get("text") != NO_ANSWER]
    if _unanswered(row, len(right), len(given)):
        return ()
    return _alternatives(row.where, right, context)


def _unanswered(row: Row, right: int, given: int) -> bool:
    """Whether those who answered, or the one whom the conversation went on with, found no answer."""
    kept = row.values.get("orig_answer")
    if isinstance(kept, dict):
        return kept.get("text") == NO_ANSWER
    return 2 * right < given


def _alternatives(where: str, rows: list[Row], context: str) -> tuple[GoldEntry, ...]:
    """The annotators' answers: any of them will do, so they are the alternatives of one."""
    spans: dict[tuple[int, int], None] = {}
    wrong = []
    for row in rows:
        text, start = row.text("text"), row.integer("answer_start")
        if start < 0 or context[start : start + len(text)] != text:
            sentence = (
                f'{row.where}: the text does not stand at "answer_start" {start} of its context; correct it.'
            )
            wrong.append(GoldEntry(row.where, None, fault=sentence))
        else:
            spans[start, start + len(text)] = None
    found = [GoldEntry(where, None, context=context, alternatives=tuple(spans))] if spans else []
    return (*found, *wrong)
