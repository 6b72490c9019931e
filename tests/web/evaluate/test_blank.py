"""Tables to fill in: they can be added as they are, and say how they are filled in."""

import io

import openpyxl
import pytest
from starlette.testclient import TestClient

from bot.evaluation.tables_written import TEMPLATE
from tests.web.evaluate.conftest import upload


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_can_be_added_as_it_is(client: TestClient, kind: str) -> None:
    given = client.get(f"/evaluate/template.{kind}")
    assert given.headers["content-disposition"] == f'attachment; filename="questions.{kind}"'
    page = client.get(f"/evaluate/sets/{upload(client, given.content, f'questions.{kind}')}").text
    assert "questions, 1 of them with an answer in the documents, 1 without" in page
    assert "these columns are not used" not in page


def test_the_workbook_holds_text_alone_and_explains_its_columns(client: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/evaluate/template.xlsx").content))
    assert book.sheetnames == ["Questions", "How to fill it in"]
    assert [cell.value for cell in book["Questions"][1]] == list(TEMPLATE)
    assert {cell.data_type for row in book["Questions"].iter_rows() for cell in row if cell.value} == {"s"}
    assert {row[0].value for row in book["How to fill it in"].iter_rows()} >= set(TEMPLATE)


def test_there_is_no_other_table(client: TestClient) -> None:
    assert client.get("/evaluate/template.exe").status_code == 404
