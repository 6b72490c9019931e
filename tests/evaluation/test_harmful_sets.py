"""Question sets that were made to cost time or memory: each is read or refused, soon."""

import gzip
import io
import json
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from bot.errors import QuestionSetError
from bot.evaluation.formats import apart, reading
from bot.evaluation.questions import load_question_set
from bot.records import Corpus
from bot.web.evaluate import unpacking
from bot.web.evaluate.unpacking import MAX_UNPACKED_BYTES, unpacked
from tests.hold.fuzz.running import limited
from tests.hold.fuzz.workbooks import sheeted

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
    "</worksheet>"
)
_HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>question</t></is></c></row>'
# Each of them took minutes, or the memory of the machine; far more than what they take now.
LONGEST_SECONDS = 30.0


def _zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with archive.open(info, "w") as file:
                file.write(content)
    return stream.getvalue()


def _refusal(folder: Path, corpus: Corpus, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    with limited(LONGEST_SECONDS), pytest.raises(QuestionSetError) as refused:
        load_question_set(folder / name, corpus)
    return str(refused.value)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="15000000"><c r="A15000000"><v>1</v></c></row>',
        "".join(f'<row r="{at}"><c r="ZZZ{at}"><v>1</v></c></row>' for at in range(2, 300)),
    ],
    ids=["a row far down", "cells far to the right"],
)
def test_a_workbook_that_is_mostly_empty_is_not_filled_up(tmp_path: Path, corpus: Corpus, rows: str) -> None:
    said = _refusal(tmp_path, corpus, "set.xlsx", sheeted(_SHEET.format(_HEAD + rows)))
    # A machine that is busy with other things ends it by the clock.
    assert "too many rows or columns" in said or "could not be read within" in said


def test_forty_thousand_headings_are_read_at_once(tmp_path: Path, corpus: Corpus) -> None:
    headings = ",".join(f"h{at}" for at in range(40_000))
    said = _refusal(tmp_path, corpus, "set.csv", f"{headings}\nx\n".encode())
    assert 'no column is headed "question"' in said
    assert "and 39980 more" in said
    assert "is there twice" in _refusal(tmp_path, corpus, "set.csv", f"question,{headings},h7\nx\n".encode())


def test_a_field_given_twice_among_very_many_is_found_at_once(tmp_path: Path, corpus: Corpus) -> None:
    fields = ", ".join(f'"f{at}": 1' for at in range(100_000))
    said = _refusal(tmp_path, corpus, "set.jsonl", f'{{{fields}, "f99999": 2}}'.encode())
    assert '"f99999" is given twice' in said


@pytest.mark.parametrize(
    "topics",
    [
        "<top>" * 300_000,
        "<topic " * 300_000 + "</topic>",
        "<topic a><question" * 200_000,
        "<top><num>" + " " * 400_000,
    ],
    ids=["never closed", "never ended", "never either", "blanks"],
)
def test_topics_that_are_never_closed_are_gone_through_once(
    tmp_path: Path, corpus: Corpus, topics: str
) -> None:
    archive = tmp_path / "set.zip"
    archive.write_bytes(_zipped(("topics", topics.encode()), ("qrels", b"1 0 bones.md 1\n")))
    with limited(LONGEST_SECONDS), pytest.raises(QuestionSetError):
        load_question_set(unpacked(archive), corpus)


def test_many_topics_are_read_in_one_go(tmp_path: Path, corpus: Corpus) -> None:
    folder = tmp_path / "trec"
    folder.mkdir()
    count = 20_000
    topics = (f"<top><num>{at}<title>Do bones ache in year {at}?\n</top>\n" for at in range(count))
    (folder / "topics").write_text("".join(topics), "utf-8")
    (folder / "qrels").write_text("".join(f"{at} 0 bones.md 1\n" for at in range(count)), "utf-8")
    with limited(LONGEST_SECONDS):
        found = load_question_set(folder, corpus)
    assert [found.questions[-1].id, len(found.questions)] == [str(count - 1), count]


@pytest.mark.parametrize(
    "members",
    [
        [("", b"x")],
        [("topics", b"1\tDo bones ache?"), ("", b"x"), ("qrels", b"1 0 bones.md 1\n")],
    ],
    ids=["alone", "among others"],
)
def test_a_member_without_a_name_is_passed_over(
    tmp_path: Path, corpus: Corpus, members: list[tuple[str, bytes]]
) -> None:
    archive = tmp_path / "set.zip"
    archive.write_bytes(_zipped(*members))
    if len(members) == 1:
        with pytest.raises(QuestionSetError, match="holds neither"):
            unpacked(archive)
    else:
        assert len(load_question_set(unpacked(archive), corpus).questions) == 1


@pytest.mark.parametrize(
    "content",
    [
        _zipped(("topics", b"1\tDo bones ache?"), method=zipfile.ZIP_LZMA),
        # What stands at the end says that the members begin before the file does.
        _zipped(("topics", b"1\tx"))[20:],
        b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, 60, 0, 0),
        b"",
    ],
    ids=["packed otherwise", "without its beginning", "nothing but its end", "empty"],
)
def test_a_zip_that_no_program_writes_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "set.zip").write_bytes(content)
    with pytest.raises(QuestionSetError, match=r"no zip file|holds neither"):
        unpacked(tmp_path / "set.zip")


def _gzip_bomb(folder: Path) -> Path:
    """Blanks that unpack to a thousand times as much, and to more than may be."""
    packed = folder / "set.jsonl.gz"
    million = b" " * 1_000_000
    with gzip.open(packed, "wb", compresslevel=1) as file:
        for _ in range(MAX_UNPACKED_BYTES // len(million) + 1):
            file.write(million)
    return packed


def test_a_gzip_bomb_is_unpacked_no_further_than_may_be(tmp_path: Path) -> None:
    with limited(LONGEST_SECONDS), pytest.raises(QuestionSetError, match="unpacks to more than"):
        unpacked(_gzip_bomb(tmp_path))
    assert (tmp_path / "set.jsonl").stat().st_size <= MAX_UNPACKED_BYTES + unpacking.AT_ONCE


def test_what_unpacks_for_ever_is_ended_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "seconds_for_bytes", lambda _: 0.01)
    with pytest.raises(QuestionSetError, match="could not be read within"):
        unpacked(_gzip_bomb(tmp_path))


@pytest.mark.parametrize("name", ["set.zip", "set.jsonl.gz"])
def test_nothing_is_unpacked_in_the_servers_own_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    zipped = _zipped(("topics", b"1\tDo bones ache?"), ("qrels", b"1 0 bones.md 1\n"))
    (tmp_path / name).write_bytes(zipped if name == "set.zip" else gzip.compress(b"{}"))
    monkeypatch.setattr(unpacking, "unpack", lambda _: pytest.fail("it was unpacked here"))
    assert unpacked(tmp_path / name).exists()


def test_a_packed_file_in_a_folder_is_read_apart(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "beir" / "qrels").mkdir(parents=True)
    row = {"_id": "1", "text": "Do bones ache?"}
    (tmp_path / "beir" / "queries.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    judged = "query-id\tcorpus-id\tscore\n1\tbones.md\t1\n"
    (tmp_path / "beir" / "qrels" / "test.tsv").write_text(judged, "utf-8")
    monkeypatch.setattr(reading, "_read", lambda *_: pytest.fail("it was read here"))
    assert len(load_question_set(tmp_path / "beir", corpus).questions) == 1


def test_numbers_that_nothing_counts_to_are_refused(tmp_path: Path, corpus: Corpus) -> None:
    row = {"id": "1", "question": "Why?", "answers": [{"doc": "bones.md", "start": 10**30, "end": 1}]}
    said = _refusal(tmp_path, corpus, "set.jsonl", json.dumps(row).encode())
    assert "a whole number of a usual size" in said


def test_a_long_answer_that_is_nowhere_is_not_likened_to_everything(tmp_path: Path, corpus: Corpus) -> None:
    row = {"id": "1", "question": "Why?", "answers": [{"doc": "bones.md", "text": "lost " * 100_000}]}
    assert "copy it" in _refusal(tmp_path, corpus, "set.jsonl", json.dumps(row).encode())


def test_a_large_set_is_read_apart_and_is_the_same(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {
        "id": "1",
        "question": "Do bones ache?",
        "history": ["Hello?"],
        "answers": [{"doc": "bones.md", "grade": 3}],
    }
    (tmp_path / "set.jsonl").write_text(json.dumps(row), "utf-8")
    here = load_question_set(tmp_path / "set.jsonl", corpus)
    monkeypatch.setattr(reading, "SMALL_BYTES", 0)
    assert load_question_set(tmp_path / "set.jsonl", corpus) == here


MISBEHAVING = """
import sys, time
from bot.errors import QuestionSetError
def answer(deed):
    if deed == "sleeps": time.sleep(600)
    if deed == "eats": bytearray(8 << 30)
    if deed == "fails": raise LookupError("odd")
    if deed == "exits": sys.exit(9)
    raise QuestionSetError("It is wrong.")
"""


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("sleeps", "could not be read within"),
        ("eats", "more memory than there is"),
        ("fails", "its reader failed"),
        ("exits", "its reader failed"),
        ("refuses", "It is wrong."),
    ],
)
def test_whatever_a_reader_does_costs_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, said: str
) -> None:
    (tmp_path / "misbehaving_reader.py").write_text(MISBEHAVING, "utf-8")
    monkeypatch.setattr(apart, "_ROOT", _reaching(tmp_path))
    monkeypatch.setattr(apart, "seconds_for_bytes", lambda _: 10.0)
    with pytest.raises(QuestionSetError, match=said):
        apart.answer("misbehaving_reader", (deed,), name="set.xlsx", size=1)


def _reaching(folder: Path) -> Path:
    """The folder, with the program in it too."""
    program = Path(sys.modules["bot"].__path__[0])
    (folder / "bot").symlink_to(program)
    return folder
