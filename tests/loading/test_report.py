import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.library import read_corpus
from bot.loading.findings import KINDS, LITTLE
from bot.loading.report import MOST_LISTED, Loaded, LoadReport, load_report
from bot.passages import cut_corpus
from bot.records import Corpus, Document, Problem, Span
from tests.loading.conftest import SOURCES, reported
from tests.reading.files import Printed, pdf, read_one


def told(report: LoadReport, doc: str) -> dict[str, str]:
    """What was found in a document, by kind."""
    (found,) = (found for found in report.documents if found.doc == doc)
    return {finding.kind: finding.sentence for finding in found.findings}


@pytest.mark.parametrize(
    ("doc", "kind", "part"),
    [
        ("stye.md", "twin", "lumps.md"),
        ("lumps.md", "twin", "stye.md"),
        ("stye-old.md", "namesake", "stye.md"),
        ("drops.md", "little", "a list of sources ("),
        ("sand.txt", "headless", "no headings"),
        ("orzuelos.md", "foreign", '"es"'),
        ("sand.txt", "undated", "no date"),
    ],
)
def test_a_mistake_of_an_operator_is_found(folder: Path, doc: str, kind: str, part: str) -> None:
    assert part in told(reported(folder), doc)[kind]


def test_a_good_document_has_nothing_to_look_at(folder: Path) -> None:
    (folder / "lumps.md").unlink()
    (folder / "stye-old.md").unlink()
    assert told(reported(folder), "stye.md") == {}


def test_figures_are_those_of_the_text(tmp_path: Path) -> None:
    pages = [
        [Printed("Styes", size=20), Printed("A warm flannel helps.", down=40)],
        [Printed("Wait a week.")],
    ]
    document = read_one(tmp_path, "stye.pdf", pdf(pages, title="Styes"))
    (found,) = reported(tmp_path).documents
    assert (found.pages, found.title, found.date) == (2, "Styes", "2021-05-17")
    quoted = sum(len("".join(passage.text.split())) for passage in cut_corpus(Corpus((document,), "0")))
    assert found.quotable == pytest.approx(quoted / len("".join(document.text.split())))


def test_a_reader_s_remarks_are_told(folder: Path) -> None:
    corpus = read_corpus(folder)
    remarked = replace(corpus.documents[0], remarks=("Its encoding was guessed: Windows-1252.",))
    corpus = replace(corpus, documents=(remarked, *corpus.documents[1:]))
    report = load_report(corpus, cut_corpus(corpus))
    assert told(report, remarked.id)["remark"] == "Its encoding was guessed: Windows-1252."


def test_a_passage_over_the_limit_is_told(folder: Path) -> None:
    corpus = read_corpus(folder)
    passages = cut_corpus(corpus)
    long = replace(passages[0], text="word " * 121, units=(Span(0, 1),))
    report = load_report(corpus, (long, *passages[1:]))
    assert "121 words, over 120" in told(report, long.doc)["long"]


def test_a_title_from_the_file_s_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "scan 2 final.pdf").write_bytes(
        pdf([[Printed("A warm flannel helps the stye to drain soon.")]])
    )
    assert "file-name" in told(reported(tmp_path), "scan 2 final.pdf")


def test_a_good_list_of_sources_is_nothing_to_look_at(tmp_path: Path) -> None:
    text = "Drops are given at eight in the morning and at eight in the evening. " * 4
    (tmp_path / "drops.md").write_text(SOURCES.replace("As on the label.", text), encoding="utf-8")
    (found,) = reported(tmp_path).documents
    assert found.quotable < LITTLE
    assert "little" not in told(reported(tmp_path), "drops.md")


def test_every_kind_has_a_remedy_in_a_sentence() -> None:
    for kind in KINDS.values():
        assert kind.remedy.endswith(".")


def test_the_worst_come_first_and_the_others_by_name(folder: Path) -> None:
    found = reported(folder).worst_first
    grave = [document.grave for document in found]
    assert grave == sorted(grave, reverse=True)
    assert [document.doc for document in found if document.grave] == [
        "drops.md",
        "lumps.md",
        "orzuelos.md",
        "stye-old.md",
        "stye.md",
    ]


def _many(count: int, *, troubled: int) -> LoadReport:
    document = Document(id="a.md", title="A", text="", sections=(), digest="")
    (fine,) = load_report(Corpus((document,), "0"), ()).documents
    fine = replace(fine, findings=())
    (bad,) = load_report(Corpus((document,), "0"), ()).documents
    documents: list[Loaded] = [
        replace(bad if at < troubled else fine, doc=f"{at:05}.md") for at in range(count)
    ]
    return LoadReport("0", tuple(documents), (Problem("z.pdf", "z.pdf was left out: it is empty."),))


@pytest.mark.parametrize(("troubled", "listed"), [(0, 0), (3, 3), (4000, MOST_LISTED - 1)])
def test_of_a_large_folder_the_files_to_look_at_are_listed(troubled: int, listed: int) -> None:
    left_out, documents, rest = _many(5000, troubled=troubled).listed()
    assert len(left_out) == 1
    assert len(documents) == listed
    assert rest == 5000 - listed


def test_everything_is_listed_on_request_and_of_a_small_folder() -> None:
    assert len(_many(5000, troubled=3).listed(everything=True)[1]) == 5000
    assert len(_many(50, troubled=3).listed()[1]) == 50


def test_the_json_has_the_corpus_its_documents_and_its_problems(folder: Path) -> None:
    given = json.loads(reported(folder).as_json())
    assert given["corpus"]["documents"] == len(given["documents"]) == 6
    assert given["corpus"]["left_out"] == 1
    assert given["problems"][0]["file"] == "empty.txt"
    (stye,) = (document for document in given["documents"] if document["id"] == "stye.md")
    assert stye["date"] == "2024-05-06"
    assert stye["warnings"][0]["kind"] == "twin"
    assert {"title", "pages", "sections", "headings", "passages", "quotable", "longest"} <= stye.keys()
