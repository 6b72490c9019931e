from bot.passages import cut_corpus
from bot.records import Corpus
from bot.rendering.shape import shaped
from tests.rendering.tables import HEADER, NOTE, document


def shapes(rows: list[str] | None = None) -> list[tuple[str, str, bool]]:
    """The words, kind and header of every unit."""
    made = document(rows=rows)
    return [
        (made.text[unit.start : unit.end], unit.kind, unit.header)
        for passage in cut_corpus(Corpus((made,), "0"))
        for unit in shaped(made, passage)
    ]


def test_a_unit_is_of_the_kind_of_its_block() -> None:
    found = shapes()
    assert (NOTE, "note", False) in found
    assert (HEADER, "row", True) in found
    assert ("8 kg | 2 ml |  | 1 ml of the fennel syrup", "row", False) in found
    assert found[0][1] == "paragraph"


def test_parts_of_a_row_that_was_too_long_are_no_rows() -> None:
    found = shapes(rows=["8 kg | " + "a spoon of it and then one more " * 30])
    parts = [kind for words, kind, _ in found if "spoon of it" in words]
    assert len(parts) > 1
    assert set(parts) == {"paragraph"}
