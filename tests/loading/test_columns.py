import pytest

from bot.loading.columns import cell, name_cell, width, wrapped


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Styes", 8, "Styes   "),
        ("Lumps on the lid", 8, "Lumps o…"),
        ("眼科の案内", 8, "眼科の… "),
        ("e\u0301te\u0301", 4, "e\u0301te\u0301 "),
        ("a\n\tb\x1b[31m\u202e", 9, "a b�[31m�"),
        ("", 3, "   "),
    ],
)
def test_a_cell_fills_just_its_columns(text: str, columns: int, shown: str) -> None:
    assert cell(text, columns) == shown
    assert width(shown) == columns


def test_a_name_keeps_its_end() -> None:
    assert name_cell("guidance-on-styes-v3.pdf", 13) == "guidan…v3.pdf"


def test_lines_are_no_longer_than_the_columns() -> None:
    lines = wrapped("word " * 40, 30, first="! ", rest="  ").split("\n")
    assert all(len(line) <= 30 for line in lines)
    assert lines[0].startswith("! ")
    assert lines[1].startswith("  ")
