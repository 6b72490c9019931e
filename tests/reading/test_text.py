import pytest

from bot.errors import DocumentError
from bot.reading.text import from_text
from tests.reading.files import outline

ARTICLE = """\
Chronic Kidney Disease

Kidney Disease

Kidneys that are worn out over years clean the blood badly.

Signs of chronic kidney disease

At first there are none. Later people notice these:

  • Swollen feet
  • Tired days
     and broken nights
    - cramps at night

Stages of chronic kidney disease

Mild: The kidneys still do most of their work.

Severe: Hardly any work is done.


  1) Blood test: It measures creatinine.
  2) Urine test: It looks for protein.

Effects on the heart:

  - High pressure

Effects on the bones

  - Brittle bones

Care for chronic kidney disease

Drugs and diet:

Both slow the damage down.


The outlook differs from person to person.


  1. Berg T, Holm K. (2014) Counting filters in the kidney. Ren Med.;12(3):40-9.
  2. Ilves P. (2013) Salt and pressure. Kidney J.;8:1-4.

This page was first published on May 2, 2011 and last updated 6/7/2014.

Reference list:


Leave a reply
"""


def test_an_article_without_markup_gets_its_structure() -> None:
    document = from_text(ARTICLE, "kidney.txt")
    signs = ("Signs of chronic kidney disease",)
    stages = ("Stages of chronic kidney disease",)
    care = ("Care for chronic kidney disease", "Drugs and diet")
    found = outline(document)
    assert [(role, heading) for role, heading, _ in found] == [
        ("leftover", ()),
        ("body", ()),
        ("body", signs),
        ("body", stages),
        ("body", ()),
        ("body", ("Effects on the bones",)),
        ("body", ("Care for chronic kidney disease",)),
        ("body", care),
        ("body", ()),
        ("bibliography", ()),
        ("leftover", ()),
        ("leftover", ("Reference list",)),
        ("leftover", ()),
    ]
    assert document.title == "Chronic Kidney Disease"
    assert (document.published, document.revised) == ("2011-05-02", "2014-06-07")


def blocks(source: str) -> list[tuple[str, int, bool, str]]:
    document = from_text(source, "any.txt")
    return [
        (block.kind, block.depth, block.lead_in, document.text[block.start : block.end])
        for section in document.sections
        for block in section.blocks
    ]


def test_a_list_keeps_its_depth_and_its_lead_in_and_loses_its_marks() -> None:
    source = "Gout\n\nSigns are:\n\n  • red joint\n    – very\n      red\n  • hot joint\n\nIt passes.\n"
    assert blocks(source) == [
        ("paragraph", 0, True, "Signs are:"),
        ("item", 0, False, "red joint"),
        ("item", 1, False, "very\n      red"),
        ("item", 0, False, "hot joint"),
        ("paragraph", 0, False, "It passes."),
    ]


def test_a_list_whose_bullets_were_lost_is_a_list_and_no_row_of_headings() -> None:
    source = "Gout\n\nRisks include:\n\nBeer\n\nRed meat\n\nWeight\n\nWhat Helps Most\n\nRest helps.\n"
    document = from_text(source, "any.txt")
    assert outline(document) == [
        ("body", (), ["Risks include:", "Beer", "Red meat", "Weight"]),
        ("body", ("What Helps Most",), ["Rest helps."]),
    ]


def test_a_long_item_does_not_end_a_list_whose_bullets_were_lost() -> None:
    items = [
        "Sudden weakness",
        "A face, an arm or a leg that is numb or cannot be moved, most often on one side of the body alone",
        "Confusion;",
        "trouble seeing, in one eye or in both",
    ]
    lines = ("Strokes", "A stroke is sudden. Its signs may include:", *items, "Call for help. It counts.")
    assert [words for kind, *_, words in blocks("\n\n".join(lines)) if kind == "item"] == items


def test_lines_wrapped_by_hand_are_one_paragraph_and_long_lines_are_several() -> None:
    wrapped = "Gout\n\nThe joint is\nred and hot.\n"
    assert [words for *_, words in blocks(wrapped)] == ["The joint is\nred and hot."]
    long = "The joint is red and hot. " * 6
    assert len(blocks(f"Gout\n\n{long}\n{long}\n")) == 2


def test_wide_gaps_between_all_paragraphs_mean_nothing() -> None:
    source = "Gout\n\n\nCauses\n\n\nCrystals form.\n\n\nThey hurt.\n\n\nThen they melt.\n"
    assert outline(from_text(source, "any.txt")) == [
        ("body", ("Causes",), ["Crystals form.", "They hurt.", "Then they melt."])
    ]


def test_a_text_that_begins_with_a_sentence_is_named_by_its_file() -> None:
    assert from_text("Gout hurts.\n\nIt passes.\n", "folder/gout.txt").title == "gout"


def test_a_line_that_leads_into_a_list_without_a_colon_is_no_heading() -> None:
    source = "Gout\n\nThe signs of gout may include\n\n- red joint\n- hot joint\n"
    assert blocks(source)[0][:3] == ("paragraph", 0, True)


def test_numbers_and_steps_are_quoted_with_their_items() -> None:
    source = "Gout\n\n1. Rest\n2) Ice\n(c) Drink\n\nStep 1: Sit down.\nStep 2: Lift the foot.\n"
    assert [words for *_, words in blocks(source)] == [
        "1. Rest",
        "2) Ice",
        "(c) Drink",
        "Step 1: Sit down.",
        "Step 2: Lift the foot.",
    ]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("Drug\tDose\nColchicine\t500 mcg\n", ["Drug\tDose", "Colchicine\t500 mcg"]),
        ("Drug         Dose\nColchicine   500 mcg\n", ["Drug         Dose", "Colchicine   500 mcg"]),
        (
            "| Drug | Morning | Night |\n|---|---|---|\n|  | 1 |  |\n| b | | 2 |\n",
            ["Drug | Morning | Night", "| 1 |", "b | | 2"],
        ),
        ("+---+---+\n| a | b |\n+---+---+\n| c | d |\n+---+---+\n", ["a | b", "c | d"]),
        (
            "Drug         When\n-------------------\nColchicine   at night and\n"
            "             with food\nIce          always\n",
            ["Drug         When", "Colchicine   at night and\n             with food", "Ice          always"],
        ),
    ],
)
def test_tables_drawn_with_signs_are_rows_that_keep_blank_cells(table: str, rows: list[str]) -> None:
    found = blocks(f"Gout\n\nTake these.\n\n{table}\nAsk us.\n")
    assert [words for kind, *_, words in found if kind == "row"] == rows
    assert found[-1][-1] == "Ask us."


def test_the_row_above_a_rule_names_the_columns() -> None:
    document = from_text("Gout\n\nDrug   Dose\n----   ----\nIce    much\nSalt   none\n", "gout.txt")
    assert [block.header for block in document.sections[0].blocks] == [True, False, False]


def test_two_spaces_behind_a_sentence_are_no_columns() -> None:
    source = "Gout\n\nGout hurts.  It comes at night.\nIt goes again.  Drink water.\n"
    assert [kind for kind, *_ in blocks(source)] == ["paragraph"]


def test_underlined_lines_are_headings_and_rules_are_nothing() -> None:
    source = "GOUT\n====\n\nCauses\n------\nCrystals grow.\n\n* * * * *\n\nThey melt.\n"
    document = from_text(source, "any.txt")
    assert document.title == "GOUT"
    assert outline(document)[0] == ("body", ("Causes",), ["Crystals grow."])
    assert outline(document)[-1][2] == ["They melt."]


def test_a_number_alone_above_a_paragraph_is_a_heading() -> None:
    source = "Gout\n\n1. Causes\n\nCrystals grow.\n\n2. Care\n\nRest:\n\n1. Sit\n\n2. Wait\n\nThen walk.\n"
    assert outline(from_text(source, "any.txt")) == [
        ("body", ("1. Causes",), ["Crystals grow."]),
        ("body", ("2. Care",), ["Rest:", "1. Sit", "2. Wait", "Then walk."]),
    ]


def test_a_short_line_directly_above_its_paragraph_is_a_heading() -> None:
    source = "Gout\n\nWhat helps\nRest and cold water help most people within a week.\n"
    assert outline(from_text(source, "any.txt")) == [
        ("body", ("What helps",), ["Rest and cold water help most people within a week."])
    ]


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_rare_line_ends_end_lines(end: str) -> None:
    found = blocks(f"Gout{end}{end}Signs are:{end}- red{end}- hot{end}")
    assert [words for *_, words in found] == ["Signs are:", "red", "hot"]


def test_a_text_of_left_overs_alone_is_refused() -> None:
    with pytest.raises(DocumentError, match="what a web page has around its text"):
        from_text("Share this page\n\nLeave a reply\n\nAll rights reserved\n", "any.txt")


def test_a_line_in_capitals_heads_the_short_line_below_it() -> None:
    source = "Kidney clinic\n\nWHERE TO COME\nTake the lift.\n\nCONTACT\nTel: 555 0100\n     555 0101\n"
    assert outline(from_text(source, "kidneys.txt")) == [
        ("body", ("WHERE TO COME",), ["Take the lift."]),
        ("body", ("CONTACT",), ["Tel: 555 0100\n     555 0101"]),
    ]


@pytest.mark.parametrize(
    "warning",
    ["*** WARNING: no salt ***", "Important – no salt today", "NOTE: no salt", "!! Caution: no salt"],
)
def test_a_warning_alone_on_its_line_is_text(warning: str) -> None:
    source = f"Kidney clinic\n\nDrink enough.\n\n{warning}\n\nRest after each visit.\n"
    assert outline(from_text(source, "kidneys.txt")) == [
        ("body", (), ["Drink enough.", warning, "Rest after each visit."])
    ]
