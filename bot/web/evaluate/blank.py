"""The documents in, a table to fill in out: its headings, and rows that show how."""

import re
from collections.abc import Sequence

from bot.evaluation.tables_written import EXPLAINED, TEMPLATE, table_bytes
from bot.records import Passage

BEFORE_USE = ("the rows that are there", "examples: delete them; several answers have a row each")
_SENTENCE = re.compile(r"[A-Z][^.?!\n]{20,160}\.")
_NO_ANSWER = ("example-2", "What time does the moon rise tomorrow?", "", "", "not answered", "")


def blank_table(ending: str, passages: Sequence[Passage]) -> bytes:
    """The table as ".csv" or ".xlsx"; as it is, it is a set that can be added."""
    return table_bytes(ending, (TEMPLATE, *_rows(passages)), explained=(*EXPLAINED, BEFORE_USE))


def _rows(passages: Sequence[Passage]) -> tuple[tuple[str, ...], ...]:
    """Two questions, one answered by the first plain sentence of the documents and one by none."""
    for passage in passages:
        found = _SENTENCE.search(passage.text)
        # A name that begins like a formula is written otherwise and would not be found again.
        if found and passage.heading and passage.doc[:1].isalnum():
            asked = f"What do I need to know about: {passage.heading[-1]}?"
            return (("example-1", asked, found[0], passage.doc, "answered", ""), _NO_ANSWER)
    return (_NO_ANSWER,)
