import io
import os
import zipfile
from pathlib import Path

import pytest

from bot.errors import CorpusError
from bot.library import read_corpus
from bot.reading import files
from bot.reading.docx import package
from tests.reading.files import Printed, pdf, problem, read_one

GOUT = "Gout\n\nGout is a painful swelling of a joint.\n"


def test_folders_are_searched_to_the_bottom_in_the_order_of_the_ids(tmp_path: Path) -> None:
    for name in ("b/late.txt", "a.md", "b/c/deep.TXT"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(GOUT, encoding="utf-8")
    assert [document.id for document in read_corpus(tmp_path).documents] == [
        "a.md",
        "b/c/deep.TXT",
        "b/late.txt",
    ]


def test_hidden_files_and_the_vocabulary_are_no_documents(tmp_path: Path) -> None:
    for name in (".notes.txt", "vocabulary.tsv", "gout.txt", ".git/hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOUT, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [document.id for document in corpus.documents] == ["gout.txt"]
    assert not corpus.problems


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "private.txt"
    outside.write_text("Private\n\nNobody may read this.\n", encoding="utf-8")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "gout.txt").write_text(GOUT, encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "broken.txt").symlink_to(folder / "missing.txt")
    assert [document.id for document in read_corpus(folder).documents] == ["gout.txt"]


def test_the_digest_changes_with_a_text_and_with_a_name(tmp_path: Path) -> None:
    path = tmp_path / "gout.txt"
    path.write_text(GOUT, encoding="utf-8")
    first = read_corpus(tmp_path).digest
    assert read_corpus(tmp_path).digest == first
    path.write_text(GOUT + "It can be treated.\n", encoding="utf-8")
    second = read_corpus(tmp_path).digest
    path.rename(tmp_path / "renamed.txt")
    assert len({first, second, read_corpus(tmp_path).digest}) == 3


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere does not exist"):
        read_corpus(tmp_path / "nowhere")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "gout.txt").write_text(GOUT, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"gout\.txt is not a folder"):
        read_corpus(tmp_path / "gout.txt")


def test_an_empty_folder_says_what_to_put_into_it(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no documents; put \.txt"):
        read_corpus(tmp_path)


def test_a_folder_with_nothing_readable_gives_the_reasons(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"")
    with pytest.raises(CorpusError, match=r"0\.txt was left out: it is empty.* 2 more"):
        read_corpus(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every folder")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0)
    with pytest.raises(CorpusError, match="locked cannot be read"):
        read_corpus(folder)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("nul.txt", b"Gout\n\nA\x00B", "NUL byte at byte 7"),
        ("none.txt", b"", "is empty"),
        ("blank.md", b" \r\n\t\n", "is empty"),
        ("mark.txt", b"\xef\xbb\xbf\n", "is empty"),
        ("heads.md", b"# Gout\n\n## Causes\n\n## Signs\n", "headings but no text"),
        (
            "front.md",
            b"---\ntitle: Gout\nsite: [a\n---\n\nGout hurts.\n",
            "front matter cannot be read at line",
        ),
        ("list.md", b"---\n- a\n---\n\nGout hurts.\n", "front matter on line 2"),
        ("word.docx", b"this is no zip file", "not a Word file"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "password-protected or an old"),
        ("cut.pdf", pdf([[Printed("Gout hurts.")]])[:120], "damaged or cut off"),
        ("fake.pdf", b"no PDF at all, only words", "damaged or cut off"),
        ("scan.pdf", pdf([[], []]), "run text recognition"),
        ("hidden.html", b"<p hidden>Gout</p><script>alert(1)</script>", "has no text"),
        ("table.xlsx", b"PK", "of a kind that cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    sentence = problem(tmp_path, name, content)
    assert sentence.startswith(f"{name} was left out: it")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert expected.replace("\\", "") in sentence


def test_a_pdf_with_a_password_is_left_out(tmp_path: Path) -> None:
    # No key that the empty password makes fits what stands here for the owner and the user.
    keys = f"/O <{'5a' * 32}> /U <{'c3' * 32}> /P -4"
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 {keys} >> /ID [<{'01' * 16}> <{'01' * 16}>]"
    data = pdf([[Printed("Gout hurts.")]], more=locked)
    assert "protected by a password" in problem(tmp_path, "locked.pdf", data)


def test_a_zip_that_is_no_word_file_is_left_out(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr("hello.txt", "hello")
    assert "no Word document" in problem(tmp_path, "zip.docx", packed.getvalue())


def test_a_file_that_unpacks_to_too_much_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", 1024 * 1024)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b" " * (1024 * 1024 + 1))
    assert "unpacks to more than 1 MB" in problem(tmp_path, "bomb.docx", packed.getvalue())


def test_a_file_that_is_too_large_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1024 * 1024)
    assert "larger than 1 MB" in problem(tmp_path, "huge.txt", b"a" * (1024 * 1024 + 1))


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
@pytest.mark.parametrize("words", ["gout ", "- ", "1. ", "[", "*a ", "<b>", "> ", "A: ", "( 2011 "])
def test_one_enormous_line_is_read_or_refused(tmp_path: Path, suffix: str, words: str) -> None:
    (tmp_path / f"line.{suffix}").write_text(
        "Gout hurts. " + words * (500_000 // len(words)), encoding="utf-8"
    )
    (tmp_path / "other.txt").write_text(GOUT, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert len(corpus.documents) + len(corpus.problems) == 2


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "gout.txt").write_text(GOUT, encoding="utf-8")
    (tmp_path / "a\x1b[2Jb.txt").write_bytes(b"")
    (found,) = read_corpus(tmp_path).problems
    assert found.sentence.isprintable()


def test_a_folder_inside_that_may_not_be_entered_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "gout.txt").write_text(GOUT, encoding="utf-8")
    scan = os.scandir

    def guarded(place: str) -> object:
        if str(place).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", guarded)
    (found,) = read_corpus(tmp_path).problems
    assert found.sentence == "The folder locked cannot be read (Permission denied); check its permissions."


def test_line_ends_and_a_byte_order_mark_stay_in_the_text(tmp_path: Path) -> None:
    source = "\ufeffGout\r\n\r\nGout hurts.\r\n"
    document = read_one(tmp_path, "gout.txt", source)
    with (tmp_path / "gout.txt").open(encoding="utf-8", newline="") as file:
        assert document.text == file.read() == source
    assert document.title == "Gout"
