import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.errors import SettingsError
from bot.serving import Served
from bot.web import guard
from bot.web.evaluate import unpacking
from bot.web.evaluate.access import Access
from bot.web.evaluate.bench import Bench
from tests.web.conftest import SYMPTOMS
from tests.web.evaluate.conftest import ANSWER, HOSTILE, LINES, upload

CSV = f"question,answer,doc\nWhen does gout come?,{ANSWER},gout.md\n"
SQUAD = json.dumps(
    {
        "data": [
            {
                "paragraphs": [
                    {
                        "context": ANSWER,
                        "qas": [
                            {
                                "id": "1",
                                "question": "When?",
                                "answers": [{"text": "at night", "answer_start": 11}],
                            }
                        ],
                    }
                ]
            }
        ]
    }
)


def _workbook() -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["Question", "Answer", "Source"])
    book.active.append(["When does gout come?", ANSWER, "gout.md"])
    book.save(file)
    return file.getvalue()


def _zip(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


BEIR = {
    "fiqa/queries.jsonl": '{"_id": "1", "text": "When does gout come?"}\n',
    "fiqa/qrels/test.tsv": "query-id\tcorpus-id\tscore\n1\tgout\t1\n",
    "fiqa/corpus.jsonl": "{}\n",
}
TREC = {"a/topics.txt": "1\tWhen does gout come?\n", "a/qrels.txt": "1 0 gout 1\n"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("set.jsonl", lambda: LINES),
        ("set.csv", lambda: CSV),
        ("set.xlsx", _workbook),
        ("set.json", lambda: SQUAD),
        ("beir.zip", lambda: _zip(**BEIR)),
        ("trec.zip", lambda: _zip(**TREC)),
        ("set.jsonl.gz", lambda: gzip.compress(LINES.encode())),
    ],
)
def test_every_format_is_taken(client: TestClient, name: str, content: Callable[[], str | bytes]) -> None:
    kept = upload(client, content(), name)
    page = client.get(f"/evaluate/sets/{kept}").text
    assert "Checked against the documents" in page
    assert "Start a run" in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.jsonl", "", "holds no questions"),
        ("a.jsonl", "{", "a.jsonl, line 1: it is not valid JSON"),
        ("a.jsonl", LINES + LINES, "line 4: the id"),
        ("a.jsonl", LINES.replace("gout.md", "no.md"), "not in the corpus"),
        ("a.jsonl", LINES.replace("by", "at").replace("at night", "by day"), "the nearest is"),
        ("a.jsonl", b"\xff", "line 1: it is not UTF-8"),
        ("a.csv", "ask,reply\n1,2\n", "no column is headed"),
        ("a.csv", 'question\n"a', "quotation marks do not match"),
        ("a.xlsx", b"PK", "no workbook that can be read"),
        ("a.json", "{}", "no field &#34;data&#34;"),
        ("a.zip", b"PK", "no zip file that can be read"),
        ("a.zip", _zip(**{"readme.txt": "x"}), "holds neither"),
        ("a.zip", _zip(**{"queries.jsonl": "{}"}), "test.tsv"),
        ("a.jsonl.gz", b"\x1f\x8b", "a.jsonl.gz is damaged or not packed by gzip"),
        ("a.exe.gz", b"\x1f\x8b", "is of a kind that cannot be read"),
        ("a.exe", "x", "is of a kind that cannot be read"),
        ("a", "x", "is of a kind that cannot be read"),
    ],
)  # fmt: skip
def test_a_malformed_set_gets_the_loaders_sentence_and_is_not_kept(
    client: TestClient, folder: Path, name: str, content: str | bytes, sentence: str
) -> None:
    before = sorted(path.name for path in folder.iterdir())
    refused = client.post("/evaluate/sets", files={"file": (name, content)})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.jsonl",
        "/etc/evil.jsonl",
        "..\\..\\evil.jsonl",
        "C:\\evil.jsonl",
        ".evil.jsonl",
        f"{HOSTILE}.jsonl",
        "a\x00b.jsonl",
        "a" * 300 + ".jsonl",
        "\u202egnp.jsonl",
    ],
)
def test_a_file_is_kept_under_a_plain_name_inside_the_folder(
    client: TestClient, folder: Path, tmp_path: Path, name: str
) -> None:
    upload(client, LINES, name)
    (kept,) = [path for path in folder.iterdir() if path.suffix == ".jsonl"]
    assert kept.name.isascii()
    assert not kept.name.startswith(".")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evaluations"]


def test_another_set_of_a_name_gets_a_number_and_the_same_does_not(client: TestClient) -> None:
    assert upload(client) == "set.jsonl"
    assert upload(client) == "set.jsonl"
    assert upload(client, LINES.replace("signs", "sights")) == "set-2.jsonl"


@pytest.mark.parametrize(
    "name", ["runs", "%2e", "%2e%2e", "..%2f..%2fpyproject.toml", "nothing.jsonl", "a%00b"]
)
def test_only_sets_on_the_shelf_are_opened(client: TestClient, name: str) -> None:
    assert client.get(f"/evaluate/sets/{name}").status_code in (404, 422)


def test_names_in_a_zip_lead_nowhere(client: TestClient, folder: Path, tmp_path: Path) -> None:
    files = {f"../../../{name}": text for name, text in BEIR.items()}
    kept = upload(client, _zip(**files), "beir.zip")
    inside = {
        path.relative_to(folder / kept).as_posix() for path in (folder / kept).rglob("*") if path.is_file()
    }
    assert inside == {"queries.jsonl", "qrels/test.tsv"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evaluations"]


def test_a_zip_that_unpacks_to_too_much_is_refused(client: TestClient, folder: Path) -> None:
    much = _zip(**{"topics.txt": " " * (unpacking.MAX_UNPACKED_BYTES + 1)})
    refused = client.post("/evaluate/sets", files={"file": ("trec.zip", much)})
    assert "unpacks to more than" in refused.text
    assert [path.name for path in folder.iterdir()] == ["runs"]


def test_a_gzip_file_that_unpacks_to_too_much_is_refused(client: TestClient, folder: Path) -> None:
    much = gzip.compress(b" " * (unpacking.MAX_UNPACKED_BYTES + 1), compresslevel=1)
    refused = client.post("/evaluate/sets", files={"file": ("set.jsonl.gz", much)})
    assert "set.jsonl.gz unpacks to more than" in refused.text
    assert [path.name for path in folder.iterdir()] == ["runs"]


def test_a_folder_named_like_that_of_the_runs_gets_a_number(client: TestClient) -> None:
    assert upload(client, _zip(**TREC), "runs.zip") == "runs-2"


def test_a_file_over_the_limit_is_refused_where_questions_are_already(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = LINES + " " * guard.MOST_BODY_BYTES
    assert upload(client, large) == "set.jsonl"
    assert client.post("/evaluate/runs", content=large).status_code == 413
    monkeypatch.setattr(guard, "MOST_UPLOAD_BYTES", guard.MOST_BODY_BYTES)
    refused = client.post("/evaluate/sets", files={"file": ("set.jsonl", large)})
    assert refused.status_code == 413
    assert "64 MB" in refused.json()["error"]


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"file": "no file"}},
        {"files": {"file": ("", b"")}},
        {"content": b"--x", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
        {"files": [("file", ("a.jsonl", b"1")), ("file", ("b.jsonl", b"2"))]},
    ],
)
def test_a_form_without_one_file_gets_one_sentence(client: TestClient, sent: dict[str, object]) -> None:
    assert client.post("/evaluate/sets", **sent).status_code in (400, 422)  # type: ignore[arg-type]


def test_evaluations_inside_the_corpus_are_refused_for_they_would_be_quoted(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "gout.md").write_text(SYMPTOMS, encoding="utf-8")
    with pytest.raises(SettingsError, match="quoted to patients"):
        Bench.open(Served(assistant), tmp_path / "inner", corpus=tmp_path, access=Access(required=False))


def test_a_folder_that_cannot_be_made_is_said(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="--evaluations"):
        Bench.open(
            Served(assistant),
            tmp_path / "file" / "in",
            corpus=tmp_path / "corpus",
            access=Access(required=False),
        )


def test_half_a_character_is_refused_and_a_name_that_is_none_is_not_listed(
    client: TestClient, folder: Path
) -> None:
    refused = client.post("/evaluate/sets", files={"file": ("a.jsonl", '{"id": "\\ud800", "question": "?"}')})
    assert refused.status_code == 422
    assert "half of a character" in refused.text
    (folder / "a\udcff.jsonl").write_text(LINES, encoding="utf-8")
    assert "There is none yet." in client.get("/evaluate").text


def test_few_files_are_checked_at_once(client: TestClient, bench: Bench) -> None:
    turns = [bench.sets._turn() for _ in range(2)]
    for turn in turns:
        turn.__enter__()
    refused = client.post("/evaluate/sets", files={"file": ("set.jsonl", LINES)})
    assert "send this one again" in refused.text
    for turn in turns:
        turn.__exit__(None, None, None)
    assert upload(client) == "set.jsonl"
