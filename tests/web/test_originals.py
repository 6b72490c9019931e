"""The originals of documents: PDF alone, nothing outside the corpus, nothing that changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.records import Document
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.guard import Guard
from bot.web.originals import Originals
from bot.web.rate import RateLimit
from bot.wording import catalogue, say
from tests.reading.files import Printed, pdf

HELPS = "A warm flannel on the closed eye helps a stye to drain."
WAIT = "See an optician if the stye has not gone after two weeks."
NAME = "lid & lash #1.pdf"
ADDRESS = "/original/eyes/lid%20%26%20lash%20%231.pdf"


def leaflet(*lines: str, title: str = "Styes") -> bytes:
    """A PDF with a line on each page, under a heading."""
    pages = [
        [Printed(f"Part {number} of the leaflet", size=18, bold=True), Printed(line, down=40)]
        for number, line in enumerate(lines, 1)
    ]
    return pdf(pages, title=title)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "eyes").mkdir(parents=True)
    (folder / "eyes" / NAME).write_bytes(leaflet(HELPS, WAIT))
    (folder / "notes.md").write_text("# Notes\n\nA lash falls out and grows again.\n", encoding="utf-8")
    (tmp_path / "secret.pdf").write_bytes(leaflet("Nobody should see this at all, ever."))
    return folder


@pytest.fixture
def opened(folder: Path) -> Iterator[TestClient]:
    with TestClient(
        Guard(build_api(Served(Assistant.open(folder, encoder=None)), Conversations())),
        base_url="http://127.0.0.1",
    ) as client:
        yield client


def test_the_original_is_the_file_to_the_byte_and_nothing_in_it_may_load_or_be_framed(
    opened: TestClient, folder: Path
) -> None:
    given = opened.get(ADDRESS)
    assert given.content == (folder / "eyes" / NAME).read_bytes()
    assert given.headers["content-type"] == "application/pdf"
    assert given.headers["content-disposition"] == "inline; filename*=utf-8''lid%20%26%20lash%20%231.pdf"
    assert given.headers["x-content-type-options"] == "nosniff"
    policy = given.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert "script-src 'self'" in opened.get("/healthz").headers["content-security-policy"]


def test_answers_and_documents_lead_to_the_original_at_the_page(opened: TestClient) -> None:
    answer = opened.post("/api/ask", json={"question": "When should I see an optician for a stye?"}).json()
    passage = next(passage for passage in answer["passages"] if WAIT in passage["text"])
    assert passage["original"] == f"{ADDRESS}#page=2"
    assert "page 2" in passage["citation"]
    document = opened.get("/api/documents/eyes/lid%20%26%20lash%20%231.pdf").json()
    assert document["original"] == ADDRESS
    assert len(document["pages"]) == 2
    assert opened.get("/api/documents/notes.md").json()["original"] is None


@pytest.mark.parametrize(
    "path",
    [
        "notes.md",
        "none.pdf",
        "",
        "../secret.pdf",
        "..%2fsecret.pdf",
        "%2e%2e/secret.pdf",
        "eyes/../../secret.pdf",
        "eyes/%2e%2e/%2e%2e/secret.pdf",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "eyes%5clid%20%26%20lash%20%231.pdf",
        "eyes/lid%20%26%20lash%20%231.pdf%00.md",
        "eyes//lid%20%26%20lash%20%231.pdf",
        "linked.pdf",
        ".bot-index/vectors.npz",
    ],
)
def test_nothing_else_is_given_out(opened: TestClient, folder: Path, path: str) -> None:
    (folder / "linked.pdf").symlink_to(folder.parent / "secret.pdf")
    given = opened.get(f"/original/{path}")
    assert given.status_code == 404
    assert b"%PDF" not in given.content
    assert given.json()["error"].endswith(".")


def test_a_file_that_became_a_link_out_of_the_folder_is_not_followed(
    opened: TestClient, folder: Path
) -> None:
    file = folder / "eyes" / NAME
    file.rename(folder.parent / "moved.pdf")
    file.symlink_to(folder.parent / "moved.pdf")
    assert opened.get(ADDRESS).status_code == 404


def test_a_file_that_says_something_else_now_is_not_shown_as_the_source(
    opened: TestClient, folder: Path
) -> None:
    assert opened.get(ADDRESS).status_code == 200
    (folder / "eyes" / NAME).write_bytes(leaflet(HELPS, WAIT.replace("two", "six")))
    changed = opened.get(ADDRESS)
    assert changed.status_code == 409
    assert b"%PDF" not in changed.content
    for language in catalogue():
        assert say("original_changed", language) in changed.text
    (folder / "eyes" / NAME).write_bytes(leaflet(HELPS, WAIT))
    assert opened.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.4 cut off"])
def test_a_file_that_is_gone_or_broken_is_said(
    opened: TestClient, folder: Path, content: bytes | None
) -> None:
    file = folder / "eyes" / NAME
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    given = opened.get(ADDRESS)
    assert given.status_code in (404, 409)
    assert b"%PDF" not in given.content


def test_a_file_that_only_looks_different_is_still_the_source(opened: TestClient, folder: Path) -> None:
    resaved = (folder / "eyes" / NAME).read_bytes() + b"\n"
    (folder / "eyes" / NAME).write_bytes(resaved)
    assert opened.get(ADDRESS).content == resaved


def test_a_file_is_read_again_only_after_it_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = Assistant.open(folder, encoder=None)
    read: list[str] = []
    reread = assistant.reread

    def counted(doc: str) -> Document | None:
        read.append(doc)
        return reread(doc)

    monkeypatch.setattr(assistant, "reread", counted)
    originals = Originals()
    for _ in range(3):
        assert originals.content(assistant, f"eyes/{NAME}") is not None
    assert len(read) == 1
    (folder / "eyes" / NAME).write_bytes(leaflet("Something else is said here now, at length."))
    for _ in range(3):
        assert originals.content(assistant, f"eyes/{NAME}") is None
    assert len(read) == 2


def test_who_opens_too_many_is_told_to_wait(folder: Path) -> None:
    api = build_api(Served(Assistant.open(folder, encoder=None)), Conversations())
    app = Guard(api, rate=RateLimit(6, burst=2, clock=lambda: 0.0))
    with TestClient(app, base_url="http://127.0.0.1", client=("192.0.2.1", 1)) as client:
        assert [client.get(ADDRESS).status_code for _ in range(3)] == [200, 200, 429]
