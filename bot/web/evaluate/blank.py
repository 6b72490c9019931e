"""The documents in, a table to fill in out: headings, and rows that show how, as CSV and as a workbook."""

import csv
import io
import re
from collections.abc import Sequence

from bot.evaluation.formats.spreadsheet import workbook
from bot.records import Passage

HEADINGS = ("id", "question", "answer", "document", "kind", "earlier question")
EXPLAINED = (
    ("id", "A name of your own for the question, each once. May be left out."),
    ("question", "What a patient would type, in a patient's words."),
    ("answer", "The words of the document that answer it, copied character for character."),
    ("", "Leave it empty where the documents do not answer the question: the bot should then refuse."),
    ("document", "The file that the answer is copied from. May be left out where the words are long enough."),
    ("kind", "Any word to group the figures by. May be left out."),
    ("earlier question", "For a follow-up: what was asked before it, a line for each. May be left out."),
    ("", "Several right answers: write the question once more, with the next answer, on a row of its own."),
    ("", "Delete the rows that came with this table before you begin."),
)
# A sentence that a spreadsheet would not take for a formula.
_SENTENCE = re.compile(r"[A-Z][^.?!\n]{20,160}\.")
_NO_ANSWER = ("example-2", "What time does the moon rise tomorrow?", "", "", "not answered", "")


def template_csv(passages: Sequence[Passage]) -> bytes:
    """The table as CSV that spreadsheets open as UTF-8."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows((HEADINGS, *_rows(passages)))
    return file.getvalue().encode("utf-8-sig")


def template_workbook(passages: Sequence[Passage]) -> bytes:
    """The table as a workbook, with a sheet that explains the columns."""
    return workbook(
        {
            "Questions": (HEADINGS, *_rows(passages)),
            "How to fill it in": (("column", "what goes there"), *EXPLAINED),
        }
    )


def _rows(passages: Sequence[Passage]) -> tuple[tuple[str, ...], ...]:
    """Two questions, one answered by the first plain sentence of the documents and one by none."""
    for passage in passages:
        found = _SENTENCE.search(passage.text)
        if found and passage.heading and passage.doc[:1].isalnum():
            asked = f"What do I need to know about: {passage.heading[-1]}?"
            return (("example-1", asked, found[0], passage.doc, "answered", ""), _NO_ANSWER)
    return (_NO_ANSWER,)
