from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.evaluate.access import Access
from bot.web.evaluate.bench import Bench
from tests.reading.files import Printed, pdf
from tests.web.evaluate.conftest import HOSTILE, opened

NAME = "lid & <b>lash #1?.md"
TEXT = (
    f"# Lids {HOSTILE}\n\n## Lashes {HOSTILE}\n\nA lash falls out and {HOSTILE} grows again.\n\n"
    "## References\n\n- Lid A, Lash B. Of lashes. Eye Journal 2011; 4: 12-15.\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    corpus = tmp_path / "documents"
    (corpus / "eyes").mkdir(parents=True)
    (corpus / "eyes" / NAME).write_text(TEXT, encoding="utf-8")
    (corpus / "stye.txt").write_text("Styes\n\nWarmth helps a stye to drain.\n", encoding="utf-8")
    (corpus / f"{HOSTILE.replace('/', '')}.txt").write_bytes(b"")
    return corpus


@pytest.fixture
def documents(corpus: Path, tmp_path: Path) -> Iterator[TestClient]:
    bench = Bench.open(
        Served(Assistant.open(corpus, encoder=None)),
        tmp_path / "evaluations",
        corpus=corpus,
        access=Access(required=False),
    )
    with opened(bench.served.assistant, bench) as client:
        yield client
    bench.close()


def test_every_file_is_listed_with_what_was_left_out(documents: TestClient) -> None:
    page = documents.get("/evaluate/documents").text
    assert "was left out: it is empty" in page
    assert "stye.txt" in page
    assert "What to do" in page
    assert '<a href="/evaluate/documents">The documents</a>' in documents.get("/evaluate").text


def test_a_document_is_shown_by_what_becomes_of_its_text(documents: TestClient) -> None:
    listed = documents.get("/evaluate/documents").text
    address = "/evaluate/documents/eyes/lid%20%26%20%3Cb%3Elash%20%231%3F.md"
    assert f'href="{address}"' in listed
    page = documents.get(address).text
    assert '<span class="stretch passage" title="Passage 1">A lash falls out' in page
    assert '<span class="stretch heading">## Lashes' in page
    assert '<span class="stretch bibliography">' in page
    assert 'href="/read/eyes/lid%20%26' in page


def test_a_pdf_is_a_link_away_from_what_was_read_of_it(tmp_path: Path) -> None:
    corpus = tmp_path / "documents"
    corpus.mkdir()
    (corpus / "lid.pdf").write_bytes(pdf([[Printed("A lash falls out and grows again.")]], title="Lids"))
    assistant = Assistant.open(corpus, encoder=None)
    bench = Bench.open(Served(assistant), tmp_path / "e", corpus=corpus, access=Access(required=False))
    with opened(assistant, bench) as client:
        assert 'href="/original/lid.pdf"' in client.get("/evaluate/documents/lid.pdf").text
    bench.close()


@pytest.mark.parametrize("path", ["", "/eyes/lid%20%26%20%3Cb%3Elash%20%231%3F.md", "/stye.txt"])
def test_what_documents_and_names_say_stays_text(documents: TestClient, path: str) -> None:
    page = documents.get(f"/evaluate/documents{path}").text
    assert HOSTILE not in page
    assert "<b>lash" not in page
    assert "<script" not in page


@pytest.mark.parametrize("doc", ["none.md", "..%2fstye.txt", "%2e%2e/stye.txt", "a%00b"])
def test_a_document_that_is_not_there_is_said(documents: TestClient, doc: str) -> None:
    assert documents.get(f"/evaluate/documents/{doc}").status_code == 404


def test_strangers_see_no_documents(corpus: Path, tmp_path: Path) -> None:
    assistant = Assistant.open(corpus, encoder=None)
    bench = Bench.open(Served(assistant), tmp_path / "e", corpus=corpus, access=Access(required=True))
    with opened(assistant, bench) as client:
        for path in ("/evaluate/documents", "/evaluate/documents/stye.txt"):
            assert client.get(path).status_code == 401
    bench.close()


def test_of_a_large_folder_the_rest_is_a_link_away(tmp_path: Path) -> None:
    corpus = tmp_path / "documents"
    corpus.mkdir()
    for number in range(101):
        text = (
            f"# Lid {number}\n\n## Care\n\nLid {number} is washed with warm water each day, on 2024-01-02.\n"
        )
        (corpus / f"{number:03}.md").write_text(text, encoding="utf-8")
    assistant = Assistant.open(corpus, encoder=None)
    bench = Bench.open(Served(assistant), tmp_path / "e", corpus=corpus, access=Access(required=False))
    with opened(assistant, bench) as client:
        assert "101 more files are not listed" in client.get("/evaluate/documents").text
        assert "100.md" in client.get("/evaluate/documents?every=true").text
    bench.close()


def test_the_figures_are_those_of_the_documents_that_are_served_now(corpus: Path, tmp_path: Path) -> None:
    assistant = Assistant.open(corpus, encoder=None)
    bench = Bench.open(Served(assistant), tmp_path / "e", corpus=corpus, access=Access(required=False))
    with opened(assistant, bench) as client:
        assert "2 documents" in client.get("/evaluate/documents").text
        fewer = replace(assistant.corpus, documents=assistant.corpus.documents[:1], problems=())
        bench.served.swap(Assistant(fewer))
        assert "1 document, " in client.get("/evaluate/documents").text
    bench.close()
