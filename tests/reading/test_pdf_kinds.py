"""Layouts that real leaflets, articles and forms have, in small."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.library import read_corpus
from bot.passages import cut_corpus
from bot.reading.pdf import engine
from tests.reading.files import Field, Printed, Rule, outline, pdf, problem, read_one
from tests.reading.invariants import check

TITLE = Printed("Keeping hens", 20, bold=True)
TEXT = (
    "Hens need dry litter, clean water and a perch that is as wide as your hand. They",
    "lay best when the days are long, and they rest from laying while they moult, which",
    "takes six weeks in autumn.",
)


def lines(*words: str, down: float = 24, left: float = 60, size: float = 11) -> list[Printed]:
    """A paragraph."""
    return [Printed(line, size, down=13 if place else down, left=left) for place, line in enumerate(words)]


def read(
    folder: Path, *pages: Sequence[Printed | Rule], title: str = ""
) -> list[tuple[tuple[str, ...], list[str]]]:
    """The heading path and the blocks of each section that can be quoted."""
    document = read_one(folder, "hens.pdf", pdf(pages, title=title))
    check(document)
    return [(heading, words) for role, heading, words in outline(document) if role == "body"]


def test_a_long_paragraph_in_bold_is_a_paragraph(tmp_path: Path) -> None:
    bold = [Printed(line.words, 11, bold=True, down=line.down) for line in lines(*TEXT)]
    found = read(
        tmp_path, [TITLE, Printed("Needs", 14, bold=True, down=30), *bold, *lines("It is so everywhere.")]
    )
    assert found == [(("Needs",), [" ".join(TEXT), "It is so everywhere."])]


def test_a_large_paragraph_is_a_paragraph(tmp_path: Path) -> None:
    large = lines(*TEXT, size=13)
    small = [line for _ in range(3) for line in lines(*TEXT)]
    ((_, words),) = read(tmp_path, [TITLE, *large, *small])
    assert words[0] == " ".join(TEXT)


@pytest.mark.parametrize(
    "look",
    [{"colour": "0.1 0.4 0.8"}, {"slanted": True}, {"bold": True}, {"size": 13}, {"colour": "0.6 0 0.3"}],
)
def test_a_short_line_that_looks_different_is_a_heading(
    tmp_path: Path, look: dict[str, str | bool | int]
) -> None:
    first = Printed("Where do they sleep?", down=26, **look)  # type: ignore[arg-type]
    second = Printed("Food", down=22, **look)  # type: ignore[arg-type]
    found = read(tmp_path, [TITLE, first, *lines(*TEXT, down=14), second, *lines("They eat grain.", down=14)])
    assert found == [(("Where do they sleep?",), [" ".join(TEXT)]), (("Food",), ["They eat grain."])]


def test_a_heading_in_capitals_is_one(tmp_path: Path) -> None:
    found = read(tmp_path, [TITLE, Printed("DAILY CARE", down=26), *lines(*TEXT, down=14)])
    assert found == [(("DAILY CARE",), [" ".join(TEXT)])]


def test_a_label_at_the_start_of_a_paragraph_is_no_heading(tmp_path: Path) -> None:
    label = Printed("Shut the door at dusk: ", bold=True, down=24)
    after = Printed("Foxes come", down=0, left=195)
    rest = lines("when it is dark, and a hen that sleeps does not flee.", down=13)
    found = read(tmp_path, [TITLE, label, after, *rest])
    assert found == [
        ((), ["Shut the door at dusk: Foxes come when it is dark, and a hen that sleeps does not flee."])
    ]


def test_a_wrapped_heading_is_one_and_two_questions_are_two(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        [
            Printed("Keeping hens in", 24, bold=True),
            Printed("a small garden", 24, bold=True, down=30),
            Printed("How can I keep", 15, bold=True, down=46),
            Printed("the foxes out?", 15, bold=True, down=18),
            *lines(*TEXT),
            Printed("What do they cost?", 15, bold=True, down=30),
            Printed("Who looks after them?", 15, bold=True, down=20),
            *lines("A neighbour may."),
        ],
        title="untitled",
    )
    assert [heading for heading, _ in found] == [
        ("How can I keep the foxes out?",),
        ("What do they cost?",),
        ("Who looks after them?",),
    ]
    assert read_corpus(tmp_path).documents[0].title == "Keeping hens in a small garden"


@pytest.mark.parametrize(
    "stated",
    ["(anonymous)", "untitled", "Microsoft Word - hens v2 FINAL.doc", "Layout 1", "x", "hens.indd", ""],
)
def test_what_a_program_left_as_title_is_none(tmp_path: Path, stated: str) -> None:
    page = [Printed("Hens in", 26, bold=True), Printed("winter", 26, bold=True, down=32), *lines(*TEXT)]
    assert read_one(tmp_path, "hens.pdf", pdf([page], title=stated)).title == "Hens in winter"


def test_a_stated_title_counts_where_the_first_pages_say_it(tmp_path: Path) -> None:
    page = [Printed("Clover Farm", 26, bold=True), Printed("Hens in winter", 18, down=30), *lines(*TEXT)]
    assert read_one(tmp_path, "hens.pdf", pdf([page], title="Hens in winter")).title == "Hens in winter"
    assert read_one(tmp_path, "hens.pdf", pdf([page], title="Goats")).title == "Clover Farm"


def test_a_publisher_in_plain_letters_is_no_title(tmp_path: Path) -> None:
    page = [Printed("Clover Farm"), Printed("Hens in winter", 18, bold=True, down=30), *lines(*TEXT)]
    assert read_one(tmp_path, "hens.pdf", pdf([page], title="Clover Farm")).title == "Hens in winter"


def test_a_sheet_that_is_all_one_table_is_called_by_its_largest_words(tmp_path: Path) -> None:
    rows = []
    for name, words in (("Food", "Grain and greens"), ("Water", "Fresh each day"), ("Litter", "Dry straw")):
        rows += [Printed(name, bold=True, down=20), Printed(words, down=0, left=200)]
    document = read_one(tmp_path, "sheet.pdf", pdf([[TITLE, *rows]]))
    assert document.title == "Keeping hens"
    assert [words for _, _, words in outline(document)] == [
        ["Food | Grain and greens", "Water | Fresh each day", "Litter | Dry straw"]
    ]


def test_without_large_words_a_file_is_called_by_its_name(tmp_path: Path) -> None:
    assert read_one(tmp_path, "hens.pdf", pdf([lines(*TEXT)], title="report")).title == "hens"


def test_contents_are_not_quoted(tmp_path: Path) -> None:
    entries = [("What do they eat?", 2), ("Who pays for the vet?", 2), ("Where do they sleep?", 3)]
    leaders = [Printed(f"{name} {'.' * 40} {page}") for name, page in entries]
    spaced = [
        line
        for name, page in entries
        for line in (Printed(name, down=14), Printed(str(page), down=0, left=480))
    ]
    bare = [Printed(f"{name} {page}") for name, page in entries]
    for listed in (leaders, spaced, bare):
        first = [TITLE, Printed("Contents", 14, bold=True, down=30), *listed]
        second = [
            line
            for name, _ in entries
            for line in (Printed(name, 14, bold=True, down=30), *lines(f"{name} It is told here."))
        ]
        found = read(tmp_path, first, second)
        assert [words for _, words in found if words] == [[f"{name} It is told here."] for name, _ in entries]


def test_contents_that_say_page_before_each_number_are_not_quoted(tmp_path: Path) -> None:
    contents = [TITLE, Printed("Contents", 14, bold=True, down=40)]
    for name, page in (("Food", 2), ("Who pays for grain?", 2), ("Moult", 3)):
        contents += [Printed(name, down=18), Printed(f"page {page}", down=0, left=360)]
    second = [Printed("Food", 14, bold=True, down=20), *lines(*TEXT)]
    second += [Printed("Who pays for grain?", 14, bold=True, down=30), *lines("The keeper pays for it.")]
    found = read(tmp_path, contents, second, [Printed("Moult", 14, bold=True, down=20), *lines(*TEXT)])
    assert [words for _, words in found if words] == [
        [" ".join(TEXT)],
        ["The keeper pays for it."],
        [" ".join(TEXT)],
    ]


def test_contents_without_page_numbers_are_told_by_the_headings_that_they_name(tmp_path: Path) -> None:
    names = ("Food", "Water", "Sleep")
    first = [
        TITLE,
        Printed("In this leaflet", 14, bold=True, down=30),
        *(Printed(name, down=14) for name in names),
    ]
    rest = [
        line for name in names for line in (Printed(name, 14, bold=True, down=30), *lines(f"About {name}."))
    ]
    found = read(tmp_path, [*first, *rest])
    assert [words for _, words in found if words] == [[f"About {name}."] for name in names]


def test_an_index_is_not_quoted(tmp_path: Path) -> None:
    words = "ark barn bran corn crop duck egg feed grit hay"
    entries = [Printed(f"{word}, {place}, {place + 7}") for place, word in enumerate(words.split(), start=3)]
    found = read(tmp_path, [TITLE, *lines(*TEXT)], [Printed("Index", 14, bold=True), *entries])
    assert [block for _, block in found if block] == [[" ".join(TEXT)]]


def test_letters_drawn_twice_count_once(tmp_path: Path) -> None:
    words = "Do not feed bread."
    twice = [
        Printed(words, down=24),
        Printed(words, down=0, left=60.4),
    ]
    letters = [
        line
        for place, letter in enumerate("Never run")
        for line in (
            Printed(letter, down=0 if place else 24, left=60 + 7 * place),
            Printed(letter, down=0, left=60.4 + 7 * place),
        )
    ]
    found = read(tmp_path, [TITLE, *twice, *letters, *lines(*TEXT)])
    text = " ".join(found[0][1])
    assert text.count("Do not feed bread.") == 1
    assert "NN" not in text
    assert "rr" not in text


@pytest.mark.parametrize("dot", [{"square": True}, {"dingbat": True}])
def test_bullets_that_are_drawn_or_symbols_make_items(tmp_path: Path, dot: dict[str, bool]) -> None:
    names = ("a hen that does not eat", "a hen that sits in a corner with its", "a pale comb")
    items: list[Printed] = []
    for name in names:
        if "dingbat" in dot:
            items += [Printed("l", dingbat=True, left=64), Printed(name, down=0, left=78)]
        else:
            items.append(Printed(name, left=78, square=True))
    items.insert(-2 if "dingbat" in dot else -1, Printed("feathers fluffed", left=78))
    found = read(tmp_path, [TITLE, *lines("Ask the vet about:"), *items, *lines("Else wait a day.")])
    assert found == [
        (
            (),
            [
                "Ask the vet about:",
                "a hen that does not eat",
                "a hen that sits in a corner with its feathers fluffed",
                "a pale comb",
                "Else wait a day.",
            ],
        )
    ]


def test_indented_lines_under_a_colon_are_items(tmp_path: Path) -> None:
    items = [Printed(words, left=76) for words in ("Open the door", "Fill the trough", "Count the hens")]
    document = read_one(
        tmp_path, "hens.pdf", pdf([[TITLE, *lines("In the morning:"), *items, *lines(*TEXT)]])
    )
    assert [block.kind for block in document.sections[-1].blocks] == [
        "paragraph",
        "item",
        "item",
        "item",
        "paragraph",
    ]


def test_short_lines_under_a_colon_are_items_without_an_indent(tmp_path: Path) -> None:
    items = [Printed(words) for words in ("grain", "green leaves", "oyster shell")]
    ((_, words),) = read(tmp_path, [TITLE, *lines(*TEXT), *lines("Hens eat:"), *items, *lines(*TEXT)])
    assert words[1:5] == ["Hens eat:", "grain", "green leaves", "oyster shell"]


@pytest.mark.parametrize(
    ("numbers", "apart"),
    [
        ("1. 2. 3.", False),
        ("1. 2. 3.", True),
        ("(a) (b) (c)", False),
        ("(i) (ii) (iii)", True),
        ("1) 2) 3)", False),
        ("1.1 1.2 1.3", True),
        ("1 2 3", True),
    ],
)
def test_steps_keep_their_numbers(tmp_path: Path, numbers: str, apart: bool) -> None:
    words = ("Open the door.", "Let the hens out.", "Shut it.")
    steps: list[Printed] = []
    for number, step in zip(numbers.split(), words, strict=True):
        if apart:
            steps += [Printed(number, left=60), Printed(step, down=0, left=84)]
        else:
            steps.append(Printed(f"{number} {step}", left=66))
    ((_, found),) = read(
        tmp_path, [TITLE, *lines("Every morning:"), *steps, *lines("If it rains, repeat step 2.")]
    )
    assert found == [
        "Every morning:",
        *(f"{number} {step}" for number, step in zip(numbers.split(), words, strict=True)),
        "If it rains, repeat step 2.",
    ]


def test_items_nest_by_their_indent(tmp_path: Path) -> None:
    page = [
        TITLE,
        *lines("They need:"),
        Printed("- food", left=66),
        Printed("- grain", left=86),
        Printed("- rest", left=66),
    ]
    document = read_one(tmp_path, "hens.pdf", pdf([page]))
    assert [block.depth for block in document.sections[-1].blocks] == [0, 0, 1, 0]


def test_headers_and_footers_are_left_out_of_a_list_on_two_pages(tmp_path: Path) -> None:
    def page(number: int, *inner: Printed) -> list[Printed]:
        used = sum(line.down for line in inner)
        return [
            Printed("Clover Farm, sheet for keepers", 9, down=0),
            *inner,
            Printed(f"Page {number} of 2", 9, down=700 - used, left=260),
            Printed("HN-0042 version 3, review in May 2027", 9, down=20),
        ]

    first = page(
        1, Printed("Mites", 18, bold=True, down=30), *lines("Signs of mites are:"), Printed("- a pale comb")
    )
    second = page(2, Printed("- few eggs", down=30), *lines(*TEXT[:2]))
    assert read(tmp_path, first, second) == [
        ((), ["Signs of mites are:", "a pale comb", "few eggs", " ".join(TEXT[:2])])
    ]


@pytest.mark.parametrize(
    "footers",
    [
        ("Hens in winter | 1", "2 | Clover Farm"),
        ("Hens in winter - Page 1 of 2", "Clover Farm - Page 2 of 2"),
        ("1 | Hens in winter", "Clover Farm | page 2/2"),
    ],
)
def test_footers_that_change_sides_are_told_by_the_page_number(
    tmp_path: Path, footers: tuple[str, str]
) -> None:
    pages = [[*lines(*TEXT), Printed(footer, 8, down=600)] for footer in footers]
    ((_, words),) = read(tmp_path, *pages)
    assert words == [" ".join(TEXT)] * 2


def test_a_cell_that_comes_back_in_each_row_is_no_footer(tmp_path: Path) -> None:
    def page(first: int) -> list[Printed]:
        rows: list[Printed] = []
        for week in range(first, first + 22):
            rows += [
                Printed(f"Week {week}", down=18, left=60),
                Printed("Grain in the", down=0, left=150),
                Printed("evening, not at dawn", down=14, left=150),
            ]
        return rows

    document = read_one(tmp_path, "hens.pdf", pdf([page(10), page(32)]))
    assert document.text.count("evening, not at dawn") == 44


def test_running_heads_that_change_are_left_out(tmp_path: Path) -> None:
    names = ("Food", "Water", "Litter", "Perches", "Moult", "Mites")
    pages = [
        [
            Printed(f"Hens: {name}" if place % 2 else f"{place} {name}", 9, down=0),
            *lines(f"{name}: {TEXT[0]}", *TEXT[1:], down=40),
        ]
        for place, name in enumerate(names)
    ]
    document = read_one(tmp_path, "hens.pdf", pdf(pages))
    assert "Hens:" not in document.text
    assert document.text.count("clean water") == len(pages)


def test_headings_that_count_on_top_of_each_page_are_kept(tmp_path: Path) -> None:
    pages = [
        [Printed(f"Lesson {day}", 16, bold=True, down=0), *lines(f"Of day {day}.", down=14), *lines(*TEXT)]
        for day in (1, 2, 3)
    ]
    found = read(tmp_path, [TITLE], *pages)
    assert found == [((f"Lesson {day}",), [f"Of day {day}.", " ".join(TEXT)]) for day in (1, 2, 3)]


def test_two_pages_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = (
        [Printed(line.words, 11, down=line.down, left=start) for line in lines(*words, down=first)]
        for start, first, words in (
            (30, 20, ("The left page is about the", "food of hens, and it ends", "with this line.")),
            (450, -26, ("The right page is about the", "water of hens, and it ends", "with that line.")),
        )
    )
    numbers = [Printed("2", 8, down=400, left=200), Printed("3", 8, down=0, left=620)]
    document = read_one(tmp_path, "hens.pdf", pdf([[*left, *right, *numbers]], landscape=True))
    assert [words for _, _, words in outline(document)] == [
        [
            "The left page is about the food of hens, and it ends with this line.",
            "The right page is about the water of hens, and it ends with that line.",
        ]
    ]


def test_a_sentence_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    document = read_one(tmp_path, "hens.pdf", pdf([[TITLE, *lines(*TEXT[:1])], lines(*TEXT[1:])]))
    check(document)
    assert [words for _, _, words in outline(document)] == [[" ".join(TEXT)]]
    assert document.page(document.text.index("lay best")) == 2


def test_two_columns_of_short_texts_above_a_page_number_are_columns(tmp_path: Path) -> None:
    page = [TITLE]
    for height, names in enumerate((("Food", "Water"), ("Sleep", "Dust"))):
        for place, name in enumerate(names):
            left = 50 + 260 * place
            down = (40 if not height else 60) if not place else -42
            page.append(Printed(name, 12, bold=True, down=down, left=left))
            words = (f"{name} is what a hen has to have on", "every day of the whole year, and", "in time.")
            page += lines(*words, left=left, down=16)
    page += [Printed("Clover Farm, sheet 7", 8, down=100, left=50), Printed("1", 8, down=0, left=540)]
    found = read(tmp_path, page)
    assert found == [
        ((name,), [f"{name} is what a hen has to have on every day of the whole year, and in time."])
        for name in ("Food", "Sleep", "Water", "Dust")
    ]


def test_columns_whose_lines_meet_twice_by_chance_are_read_one_after_the_other(tmp_path: Path) -> None:
    words = ("is what a hen has to have on", "each day of the whole year,", "and in good time, too.") * 2
    downs = (40, 30, 22, 15, 15, 15, 15, 15)
    left = [
        Printed(line, bold=place < 2, down=down, left=50)
        for place, (line, down) in enumerate(zip(("Hens", "Food", *words), downs, strict=True))
    ]
    right = [
        Printed(line, down=15 if place else 10 - sum(downs), left=310)
        for place, line in enumerate(("Water, they say,", *words, *words))
    ]
    found = [block for _, blocks in read(tmp_path, [*left, *right]) for block in blocks]
    sentence = "is what a hen has to have on each day of the whole year, and in good time, too."
    assert found == [f"{sentence} {sentence}", "Water, they say, " + " ".join([sentence] * 4)]


def test_a_heading_goes_on_behind_a_colon_where_its_line_is_full(tmp_path: Path) -> None:
    heading = [
        Printed("What may harm a hen outside in a large garden:", 14, bold=True, down=30),
        Printed("foxes, martens and wire", 14, bold=True, down=16),
    ]
    found = read(tmp_path, [TITLE, *heading, *lines(*TEXT, down=18)])
    assert [path for path, _ in found] == [
        ("What may harm a hen outside in a large garden: foxes, martens and wire",)
    ]


def test_headings_drawn_first_stand_above_their_columns(tmp_path: Path) -> None:
    names = ("Food", "Water", "Sleep")
    heads = [Printed(name, 13, bold=True, down=0, left=40 + 180 * place) for place, name in enumerate(names)]
    columns: list[Printed] = []
    for place, name in enumerate(names):
        words = (f"{name} is what a hen has to", "have on every day of the", "year, in good time.")
        columns += lines(*words, left=40 + 180 * place, down=20 if not place else -26)
    found = read(tmp_path, [*heads, *columns])
    assert found == [
        ((name,), [f"{name} is what a hen has to have on every day of the year, in good time."])
        for name in names
    ]


def test_two_columns_below_a_title_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = lines(
        "The left column is read", "first, down to its end,", "and only then comes the", "other one.", left=60
    )
    right = lines(
        "The right column is not",
        "mixed into its lines even",
        "where they stand at the",
        "same height.",
        left=320,
        down=-39,
    )
    ((_, words),) = read(tmp_path, [Printed("A title that spans both of the columns", 20), *left, *right])
    assert words == [
        "The left column is read first, down to its end, and only then comes the other one.",
        "The right column is not mixed into its lines even where they stand at the same height.",
    ]


def table(*rows: tuple[str, ...], ruled: bool) -> list[Printed | Rule]:
    """Rows of cells, 120 points apart."""
    found: list[Printed | Rule] = []
    for row in rows:
        if ruled:
            found.append(Rule(55, 420, down=5))
        found += [
            Printed(cell, down=0 if place else 18, left=60 + 120 * place) for place, cell in enumerate(row)
        ]
    if ruled:
        found.append(Rule(55, 420, down=5))
    return found


@pytest.mark.parametrize("ruled", [False, True])
def test_rows_of_a_table_keep_their_blank_cells(tmp_path: Path, ruled: bool) -> None:
    rows = (
        ("Feed", "Morning", "Evening"),
        ("Grain", "", "one cup"),
        ("Greens", "two leaves", ""),
        ("Grit", "a spoon", "none"),
    )
    document = read_one(
        tmp_path,
        "hens.pdf",
        pdf([[TITLE, *lines(*TEXT), *table(*rows, ruled=ruled), *lines(*TEXT, down=40)]]),
    )
    cells = [
        document.text[block.start : block.end]
        for block in document.sections[-1].blocks
        if block.kind == "row"
    ]
    assert cells[:2] == ["Feed | Morning | Evening", "Grain |  | one cup"]
    assert cells[2].startswith("Greens | two leaves")
    assert cells[3] == "Grit | a spoon | none"


def test_cells_that_touch_are_parted_by_the_rule_between_them(tmp_path: Path) -> None:
    page: list[Printed | Rule] = [TITLE, *lines(*TEXT), Rule(56, 140, down=12)]
    for name, weeks in (("Breed", "Eggs"), ("Sussex", "four"), ("Araucana", "three")):
        bold = name == "Breed"
        width = 5.5 * len(name)
        page += [
            Printed(name, down=26, left=102 - width, bold=bold),
            Printed(weeks, down=0, left=109, bold=bold),
        ]
        page += [Rule(56, 140, down=8), Rule(105, 105.5, down=8, height=22)]
    ((_, words),) = read(tmp_path, page)
    assert words[1:] == ["Breed | Eggs", "Sussex | four", "Araucana | three"]


def test_text_is_what_fills_paragraphs_even_if_the_sources_have_more_letters(tmp_path: Path) -> None:
    sources = [
        Printed(f"{number}. Reed A, Lark B. Hens in barns. J Farm Birds. 2011;{number}:1-9.", 8, down=10)
        for number in range(1, 21)
    ]
    page = [
        TITLE,
        Printed("Results", 13, bold=True, down=28),
        *lines(*TEXT),
        Printed("References", 13, bold=True, down=28),
        *sources,
    ]
    document = read_one(tmp_path, "hens.pdf", pdf([page]))
    assert outline(document)[:1] == [("body", ("Results",), [" ".join(TEXT)])]
    assert {role for role, _, _ in outline(document)[1:]} == {"bibliography"}


def test_lines_without_sentences_make_no_endless_passage(tmp_path: Path) -> None:
    rows = [
        Printed(f"brown hen {n} lays eggs of that size in the nest by the door {n * 7} {n * 3}", 8)
        for n in range(45)
    ]
    read_one(tmp_path, "hens.pdf", pdf([[TITLE, *rows]]))
    passages = cut_corpus(read_corpus(tmp_path))
    assert max(len(passage.text.split()) for passage in passages) <= 120


def test_values_in_the_fields_of_a_form_are_read_where_they_stand(tmp_path: Path) -> None:
    page = [TITLE, *lines("Name of the hen:"), *lines("Bring this sheet along.", down=40)]
    data = pdf([page], fields=[Field("Berta the Second", 200, 758), Field("Yes", 60, 700, ticked=True)])
    document = read_one(tmp_path, "hens.pdf", data)
    assert "Name of the hen: | Berta the Second" in document.text
    assert document.text.index("Berta") < document.text.index("Bring")


def test_superscripts_stay_in_their_line(tmp_path: Path) -> None:
    page = [
        TITLE,
        *lines(*TEXT),
        Printed("The run has 40 m", down=24),
        Printed("2", 7, down=-4, left=144),
        Printed("and a roof over it.", down=4, left=151),
    ]
    ((_, words),) = read(tmp_path, [*page, *lines("That is all.")])
    assert "The run has 40 m2 and a roof over it." in words


def test_a_watermark_across_the_page_is_left_out(tmp_path: Path) -> None:
    page = [TITLE, *lines(*TEXT), Printed("DRAFT COPY", 40, down=100, steep=True)]
    assert "DRAFT" not in read_one(tmp_path, "hens.pdf", pdf([page])).text


@pytest.mark.parametrize(
    "words",
    [
        "/g124/g137/g133/g145/g2/g131/g144/g134/g2/g137/g133/g145",
        "(cid:12)(cid:55)(cid:3)(cid:8)(cid:12)(cid:55)(cid:3)(cid:8)",
        "#!-& $/+-), .4.2/! %#/&+ '1#(! *+,-. /01&% $#@!( )*+,- ./&%$",
        "Wkh khqv duh ihg wzlfh hyhub gdb dqg wkhb vohhs rq d shufk lq wkh krxvh xqwlo wkh vxq frphv xs",
    ],
)
def test_letters_that_cannot_be_told_leave_the_file_out(tmp_path: Path, words: str) -> None:
    sentence = problem(tmp_path, "hens.pdf", pdf([[Printed(words)]]))
    assert "its letters cannot be read; export it again or run text recognition on it" in sentence


def test_a_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    soup = [Printed("/g124/g137/g133/g145/g2/g131/g144/g134/g2/g137/g133/g145", down=20) for _ in range(3)]
    document = read_one(tmp_path, "hens.pdf", pdf([[TITLE, *lines(*TEXT)], soup]))
    assert "/g" not in document.text
    assert document.remarks == ("The letters on page 2 cannot be read; run text recognition (OCR) on it.",)


def test_a_dynamic_form_is_left_out(tmp_path: Path) -> None:
    words = lines(
        "Please wait...",
        "If this message is not eventually replaced by the proper contents of the document,",
        "your PDF viewer may not be able to display this type of document.",
    )
    assert "dynamic form (XFA); print it to PDF" in problem(tmp_path, "form.pdf", pdf([words]))


def test_a_tree_of_pages_that_bites_its_tail_is_read_or_refused(tmp_path: Path) -> None:
    data = pdf([[TITLE, *lines(*TEXT)]]).replace(b"/Kids [9 0 R]", b"/Kids [2 0 R]")
    assert "hens.pdf was left out: it" in problem(tmp_path, "hens.pdf", data)


def test_a_file_with_too_many_pages_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_PAGES", 2)
    assert "more than 2 pages" in problem(tmp_path, "hens.pdf", pdf([lines(*TEXT)] * 3))
