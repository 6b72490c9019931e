import csv
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.errors import CorpusError, QuestionSetError, SettingsError
from bot.evaluation.formats.columns import HEADINGS
from bot.evaluation.questions import load_question_set
from bot.evaluation.sampling import rows_of, sampled
from bot.evaluation.tables_written import EXPLAINED, TEMPLATE, write_table
from bot.library import read_corpus
from bot.records import Corpus
from tests.evaluation.test_formats import written

PARAGRAPH = "Herons number {0} stand in the shallow water of pond {0} and wait there for fish. " * 5


@pytest.fixture
def ponds(tmp_path: Path) -> Corpus:
    """One long document, of which one section is longest, and five short ones."""
    long = "".join(
        f"## Part {part}\n\n" + "\n\n".join(map(PARAGRAPH.format, range(1 + 8 * (part == 0)))) + "\n\n"
        for part in range(4)
    )
    written(tmp_path, "ponds/long.md", f"# Ponds\n\n{long}")
    for number in range(5):
        written(tmp_path, f"ponds/short {number}.md", f"# Pond {number}\n\n{PARAGRAPH.format(number)}")
    written(
        tmp_path,
        "ponds/hostile.md",
        '# Sums\n\n=HYPERLINK("http://example.org") is what a cell of a sheet may hold.\n',
    )
    return read_corpus(tmp_path / "ponds")


def test_no_document_has_more_than_its_share(ponds: Corpus) -> None:
    found = Counter(passage.doc for passage in sampled(ponds, 9, seed=1))
    assert set(found) == {document.id for document in ponds.documents}
    assert max(found.values()) == 3


def test_no_section_has_more_than_its_share(ponds: Corpus) -> None:
    drawn = [passage for passage in sampled(ponds, 30, seed=1) if passage.doc == "long.md"]
    assert len({passage.heading for passage in drawn[:4]}) == 4


def test_a_seed_draws_the_same_and_another_draws_others(ponds: Corpus) -> None:
    assert sampled(ponds, 6, seed=3) == sampled(ponds, 6, seed=3)
    assert sampled(ponds, 6, seed=3) != sampled(ponds, 6, seed=4)


def test_there_are_no_more_than_all(ponds: Corpus) -> None:
    drawn = sampled(ponds, 10_000, seed=0)
    assert len(drawn) == len(set(drawn)) < 100


def test_documents_with_nothing_to_ask_about_are_an_error(tmp_path: Path) -> None:
    corpus = read_corpus(written(tmp_path, "d/a.txt", "See also.").parent)
    with pytest.raises(CorpusError, match="no passage that could be asked about"):
        sampled(corpus, 5, seed=0)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_sample_loads_once_its_questions_are_filled_in(ponds: Corpus, tmp_path: Path, ending: str) -> None:
    drawn = sampled(ponds, 8, seed=2)
    path = tmp_path / f"sample{ending}"
    write_table(path, rows_of(drawn))
    with pytest.raises(QuestionSetError, match=r"(?s)8 things.*the question is missing"):
        load_question_set(path, ponds)
    fill(path)
    asked = load_question_set(path, ponds).questions
    assert [question.question for question in asked] == [f"What of {at}?" for at in range(8)]
    for question, passage in zip(asked, drawn, strict=True):
        (gold,) = question.answers
        (span,) = gold.spans
        assert (gold.doc, span.start, span.end) == (passage.doc, passage.start, passage.end)


def fill(path: Path) -> None:
    """Writes questions into the empty cells, as a person would."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        for at, row in enumerate(rows):
            row[head.index("question")] = f"What of {at}?"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([head, *rows])
        return
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for at in range(sheet.max_row - 1):
        sheet.cell(at + 2, 2).value = f"What of {at}?"
    book.save(path)


def test_no_cell_is_a_formula(ponds: Corpus, tmp_path: Path) -> None:
    rows = rows_of([passage for passage in sampled(ponds, 99, seed=0) if passage.doc == "hostile.md"])
    write_table(tmp_path / "s.csv", rows)
    write_table(tmp_path / "s.xlsx", rows)
    assert "'=HYPERLINK" in (tmp_path / "s.csv").read_text("utf-8-sig")
    cell = load_workbook(tmp_path / "s.xlsx").worksheets[0].cell(2, 8)
    assert (cell.data_type, str(cell.value)[:10]) == ("s", "=HYPERLINK")


def test_signs_that_no_workbook_may_hold_are_left_out(tmp_path: Path) -> None:
    write_table(tmp_path / "s.xlsx", [["question"], ["a\x07b"]])
    assert load_workbook(tmp_path / "s.xlsx").worksheets[0].cell(2, 1).value == "ab"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_template_has_columns_that_are_known(corpus: Corpus, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"empty{ending}"
    write_table(path, [TEMPLATE], explained=EXPLAINED)
    assert set(TEMPLATE) <= HEADINGS.keys()
    with pytest.raises(QuestionSetError, match="holds no questions"):
        load_question_set(path, corpus)


def test_a_workbook_explains_its_columns_and_prints_in_one_width(tmp_path: Path) -> None:
    write_table(tmp_path / "t.xlsx", [TEMPLATE], explained=EXPLAINED)
    first, second = load_workbook(tmp_path / "t.xlsx").worksheets
    assert first.freeze_panes == "A2"
    assert first.page_setup.orientation == "landscape"
    assert [row[0] for row in second.iter_rows(values_only=True)] == list(TEMPLATE)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"neither a \.csv nor a \.xlsx"):
        write_table(tmp_path / "s.ods", [["question"]])
