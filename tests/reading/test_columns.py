import pytest

from bot.reading.columns import has_columns, row_span


@pytest.mark.parametrize("line", ["a\tb", "a  b", "a   b", "a | b", "| a | b |", "| | b |", "one. \t two"])
def test_cells_stand_between_strokes_tabs_and_wide_gaps(line: str) -> None:
    assert has_columns(line)


@pytest.mark.parametrize("line", ["a b", "End.  Next", "--- ---", "| | |", "a|b", "", "x" * 400 + "  y"])
def test_other_lines_have_none(line: str) -> None:
    assert not has_columns(line)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("| a | b |", "a | b"),
        ("| | b |", "| b"),
        ("| a | |", "a |"),
        ("a | b \\|", "a | b \\|"),
        ("a\tb", "a\tb"),
    ],
)
def test_only_the_outermost_strokes_are_left_out(line: str, kept: str) -> None:
    start, end = row_span(f"x{line}y", 1, 1 + len(line))
    assert f"x{line}y"[start:end] == kept
