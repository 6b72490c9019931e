"""What stands before the items of a list, and letters that are drawn more than once."""

from pathlib import Path

import pytest

from tests.reading.files import Printed, Rule, outline, pdf, read_one

TITLE = Printed("Keeping hens", 20, bold=True)


def blocks(folder: Path, *lines: Printed | Rule) -> list[str]:
    """The blocks of a page below the title."""
    document = read_one(folder, "hens.pdf", pdf([[TITLE, *lines]]))
    return [block for _, _, words in outline(document) for block in words]


@pytest.mark.parametrize("word", ["Step", "Day", "Week", "Stage"])
@pytest.mark.parametrize("dot", ["", ":", "."])
@pytest.mark.parametrize("apart", [True, False])
def test_steps_that_are_named_are_items_with_their_names(
    tmp_path: Path, word: str, dot: str, apart: bool
) -> None:
    steps: list[Printed] = []
    for number, words in enumerate(("Open the door wide.", "Let the hens out", "Shut it again."), start=1):
        name = f"{word} {number}{dot}"
        if apart:
            steps += [Printed(name, left=60), Printed(words, down=0, left=110)]
        else:
            steps.append(Printed(f"{name} {words}"))
    assert blocks(tmp_path, *steps) == [
        f"{word} 1{dot} Open the door wide.",
        f"{word} 2{dot} Let the hens out",
        f"{word} 3{dot} Shut it again.",
    ]


def test_large_bare_numbers_in_one_of_two_columns_are_numbers_of_steps(tmp_path: Path) -> None:
    text = ("Hens are let out in the", "morning, after they have", "laid, and they come back", "at night.")
    left = [Printed(line, down=14 if place else 40, left=50) for place, line in enumerate(text * 3)]
    right: list[Printed] = []
    for number in range(1, 5):
        down = 28 if right else -14 * (len(left) - 1)
        right += [Printed(str(number), 13, down=down, left=310), Printed("Open the door", down=-2, left=334)]
        right += [Printed("and step aside.", down=16, left=334)]
    found = blocks(tmp_path, *left, *right)
    assert found[-4:] == [f"{number} Open the door and step aside." for number in range(1, 5)]
    assert " ".join(found[:-4]) == " ".join(text * 3)


def test_a_figure_in_a_row_of_small_print_is_kept(tmp_path: Path) -> None:
    small = [
        Printed("Sussex:", 9, down=26),
        Printed("4", 9, down=12),
        Printed("Eggs", 9, down=0, left=80),
        Printed("weekly", 9, down=0, left=120),
    ]
    text = Printed("Hens that are calm lay more eggs than hens that are afraid of somebody.", down=30)
    document = read_one(tmp_path, "hens.pdf", pdf([[TITLE, text, *small, text]]))
    assert "4 Eggs | weekly" in document.text


def test_a_row_of_wide_parts_keeps_its_number(tmp_path: Path) -> None:
    text = Printed("Hens that are calm lay more eggs than hens that are afraid of somebody.", down=30)
    row = (Printed("1. Sussex", down=26), Printed("four eggs", down=0, left=300))
    assert "1. Sussex | four eggs" in blocks(tmp_path, text, *row, text)


@pytest.mark.parametrize("across", [True, False])
def test_steps_beside_each_other_are_read_as_they_count(tmp_path: Path, across: bool) -> None:
    page: list[Printed] = []
    for row in range(2):
        for column in range(2):
            number = 2 * row + column + 1 if across else row + 2 * column + 1
            down = -13 if column else 90
            page.append(Printed(f"{number}.", 13, bold=True, down=down, left=60 + 260 * column))
            page.append(Printed("Lift the hen", down=0, left=84 + 260 * column))
            page.append(Printed("up gently.", down=13, left=84 + 260 * column))
    document = read_one(tmp_path, "hens.pdf", pdf([[TITLE, *page]]))
    assert [words for _, _, words in outline(document)] == [
        [f"{number}. Lift the hen up gently." for number in range(1, 5)]
    ]
    assert {block.depth for section in document.sections for block in section.blocks} == {0}


def test_a_sentence_that_speaks_of_a_step_goes_on(tmp_path: Path) -> None:
    lines = (
        Printed("If a hen is still outside when it gets dark, then go back to what is written in"),
        Printed("Step 3 and wait there for it until it has come in."),
    )
    assert blocks(tmp_path, *lines) == [" ".join(line.words for line in lines)]


def test_lists_beside_each_other_are_no_table(tmp_path: Path) -> None:
    page = [Printed("Do", bold=True, down=30), Printed("Never", bold=True, down=0, left=310)]
    for left, right in (
        ("give them grain in", "give them salt"),
        ("the evening", "run"),
        ("be calm", "shout"),
    ):
        page.append(Printed(left, down=16, left=80, square=left != "the evening"))
        page.append(Printed(right, down=0, left=330, square=True))
    page.append(Printed("Hens that are calm lay more eggs than hens that are afraid of somebody.", down=30))
    found = blocks(tmp_path, *page)
    assert found[:2] == ["give them grain in the evening", "be calm"]
    assert found[2:5] == ["give them salt", "run", "shout"]


def test_dashes_that_are_drawn_make_items(tmp_path: Path) -> None:
    items: list[Printed | Rule] = []
    for words in ("loose wire", "sharp stones", "long string"):
        items += [Rule(64, 71, down=11), Printed(words, left=78)]
    found = blocks(tmp_path, Printed("Look for these."), *items, Printed("Do so each week.", down=24))
    assert found == ["Look for these.", "loose wire", "sharp stones", "long string", "Do so each week."]


def test_letters_drawn_again_in_other_portions_count_once(tmp_path: Path) -> None:
    widths = {" ": 0.278, "i": 0.278, "s": 0.556, "e": 0.556}
    letters, left = [], 60.5
    for letter in "Feeding hens":
        letters.append(Printed(letter, 14, bold=True, down=0, left=left))
        left += 14 * widths.get(letter, 0.611)
    heading = Printed("Feeding hens", 14, bold=True, down=30)
    text = Printed("They eat grain and greens all day long.", down=20)
    document = read_one(tmp_path, "hens.pdf", pdf([[TITLE, heading, *letters, text]]))
    assert [section.heading for section in document.sections] == [("Feeding hens",)]
