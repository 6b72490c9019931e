import io
import logging
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.assistant import Assistant
from bot.files import store_folder
from bot.library import read_corpus
from bot.meaning import Encoder, Vectors, VectorStore, load_encoder
from bot.meaning.texts import key_of


class Counting(Encoder):
    """The encoder that ships, counting what it is asked to encode."""

    def __init__(self) -> None:
        self._inner = load_encoder()
        self.digest = self._inner.digest
        self.encoded: list[str] = []

    def question(self, text: str) -> Vectors:
        return self._inner.question(text)

    def passages(self, texts: Sequence[str], *, progress: bool = False) -> Iterable[Vectors]:
        self.encoded += texts
        return self._inner.passages(texts, progress=progress)


TEXTS = ["bones", "liver", "lungs"]


def keyed(texts: Sequence[str]) -> Mapping[bytes, str]:
    return {key_of(text): text for text in texts}


def test_a_text_is_encoded_once_and_kept(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    rows = VectorStore(first, tmp_path).vectors(keyed(TEXTS))
    again = VectorStore(second, tmp_path).vectors(keyed([*TEXTS, "brain"]))
    assert first.encoded == ["bones", "liver", "lungs"]
    assert second.encoded == ["brain"]
    assert np.array_equal(rows, again[:3])


def test_what_is_no_longer_there_is_not_kept(tmp_path: Path) -> None:
    VectorStore(Counting(), tmp_path).vectors(keyed(TEXTS))
    VectorStore(Counting(), tmp_path).vectors(keyed(["liver"]))
    last = Counting()
    VectorStore(last, tmp_path).vectors(keyed(["bones"]))
    assert last.encoded == ["bones"]


def test_vectors_are_the_same_whether_kept_or_new(tmp_path: Path) -> None:
    kept = VectorStore(Counting(), tmp_path)
    kept.vectors(keyed(TEXTS))
    assert np.array_equal(kept.vectors(keyed(TEXTS)), VectorStore(Counting(), None).vectors(keyed(TEXTS)))


@pytest.mark.parametrize("damage", [b"", b"no archive", None], ids=["empty", "other", "cut"])
def test_a_damaged_file_is_computed_anew_with_a_word_on_it(
    tmp_path: Path, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    rows = VectorStore(Counting(), tmp_path).vectors(keyed(TEXTS))
    (file,) = tmp_path.glob("vectors-*.npz")
    file.write_bytes(file.read_bytes()[:-40] if damage is None else damage)
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(VectorStore(Counting(), tmp_path).vectors(keyed(TEXTS)), rows)
    assert "computed anew" in caplog.text


def test_progress_is_told_as_shares(tmp_path: Path) -> None:
    told: list[float] = []
    VectorStore(Counting(), tmp_path).vectors(keyed(TEXTS), done=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_vectors_lie_beside_the_documents_or_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store_folder(tmp_path) == tmp_path / ".bot-index"
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    elsewhere = store_folder(tmp_path)
    assert elsewhere is not None
    assert elsewhere.is_relative_to(tmp_path / "cache")


def test_a_folder_that_everybody_is_kept_from_writing_to_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    documents = tmp_path / "documents"
    documents.mkdir(mode=0o555)
    elsewhere = store_folder(documents)
    assert elsewhere is not None
    assert not elsewhere.is_relative_to(documents)


def test_where_nothing_can_be_written_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert store_folder(tmp_path) is None
    assert "nothing is kept" in caplog.text


def test_a_place_that_cannot_be_written_to_costs_only_the_keeping(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert len(VectorStore(Counting(), tmp_path / "file" / "inner").vectors(keyed(TEXTS))) == 3
    assert "cannot be kept" in caplog.text


def test_a_restart_of_the_assistant_encodes_nothing(tmp_path: Path) -> None:
    (tmp_path / "scan.md").write_text("# Bone scans\n\nA bone scan shows where a tumour has grown.\n")
    Assistant.open(tmp_path)
    shutil.copy(tmp_path / "scan.md", tmp_path / "copy.md")
    counting = Counting()
    assistant = Assistant.open(tmp_path, wait=False)
    again = Assistant(assistant.corpus, folder=tmp_path, encoder=counting)
    again.encode()
    assert counting.encoded == []
    assert (again.meaning, again.encoded) == ("ready", 1.0)


def test_until_all_is_encoded_words_alone_answer(tmp_path: Path) -> None:
    (tmp_path / "scan.md").write_text("# Bone scans\n\nA bone scan shows where a tumour has grown.\n")
    assistant = Assistant.open(tmp_path, wait=False)
    assert assistant.meaning == "encoding"
    assert assistant.ask("What does a bone scan show?").ranked
    assert Assistant.open(tmp_path, encoder=None).meaning == "off"


def test_what_was_computed_before_it_was_enough_is_kept_and_the_rest_is_zeros(tmp_path: Path) -> None:
    told: list[float] = []
    first, second = Counting(), Counting()
    rows = VectorStore(first, tmp_path).vectors(keyed(TEXTS), done=told.append, enough=lambda: len(told) > 2)
    assert [bool(row.any()) for row in rows] == [True, True, False]
    assert told[-1] < 1.0
    whole = VectorStore(second, tmp_path).vectors(keyed(TEXTS))
    assert second.encoded == ["lungs"]
    assert np.array_equal(whole[:2], rows[:2])


def test_a_store_without_a_folder_lasts_as_long_as_itself() -> None:
    counting = Counting()
    store = VectorStore(counting, None)
    store.vectors(keyed(TEXTS))
    store.vectors(keyed([*TEXTS, "brain"]))
    assert counting.encoded == ["bones", "liver", "lungs", "brain"]


def test_another_state_of_the_folder_costs_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "scan.md").write_text("# Bone scans\n\nA bone scan shows where a tumour has grown.\n")
    counting = Counting()
    assistant = Assistant(read_corpus(tmp_path), folder=tmp_path, encoder=counting)
    assistant.encode()
    counting.encoded.clear()
    (tmp_path / "price.md").write_text("# Prices\n\nA scan costs nothing.\n")
    successor = assistant.over(read_corpus(tmp_path))
    successor.encode()
    assert successor.meaning == "ready"
    assert not any("tumour" in text for text in counting.encoded)


def test_an_encoding_that_was_ended_goes_on_and_counts_once_all_is_there(tmp_path: Path) -> None:
    lines = "".join(f"## Scan {number}\n\nScan number {number} is like no other.\n\n" for number in range(9))
    (tmp_path / "scan.md").write_text(f"# Scans\n\n{lines}")
    assistant = Assistant.open(tmp_path, wait=False)
    assistant.encode(enough=lambda: assistant.encoded > 0.5)
    assert 0.5 < assistant.encoded < 1
    assert assistant.meaning == "encoding"
    assert assistant.retriever.vectors is None
    assistant.encode()
    assert (assistant.meaning, assistant.encoded) == ("ready", 1.0)


def _hostile(kind: str, keys: NDArray[np.uint8], width: int) -> bytes:
    """A file of vectors as somebody might put it there to do harm."""
    rows = np.ones((len(keys), width), dtype=np.float16)
    file = io.BytesIO()
    if kind == "no zip":
        np.save(file, rows)
    elif kind == "packed":
        np.savez_compressed(file, keys=keys, vectors=rows)
    elif kind == "other width":
        np.savez(file, keys=keys, vectors=rows[:, 1:])
    elif kind == "other keys":
        np.savez(file, keys=keys[:, 1:], vectors=rows)
    elif kind == "no numbers":
        np.savez(file, keys=keys, vectors=rows * np.float16("nan"))
    elif kind == "too many":
        np.savez(file, keys=keys)
        claimed = {"descr": "<f2", "fortran_order": False, "shape": (10**14, width)}
        with ZipFile(file, "a") as packed, packed.open("vectors.npy", "w") as vectors:
            np.lib.format.write_array_header_1_0(vectors, claimed)
    else:
        np.savez(file, keys=keys)
    return file.getvalue()


@pytest.mark.parametrize(
    "kind", ["no zip", "packed", "other width", "other keys", "no numbers", "too many", "half"]
)
def test_vectors_that_somebody_else_put_there_are_computed_anew(tmp_path: Path, kind: str) -> None:
    rows = VectorStore(Counting(), tmp_path).vectors(keyed(TEXTS))
    (kept,) = tmp_path.iterdir()
    with np.load(kept) as own:
        keys = own["keys"]
    kept.write_bytes(_hostile(kind, keys, rows.shape[1]))
    again = Counting()
    assert np.array_equal(VectorStore(again, tmp_path).vectors(keyed(TEXTS)), rows)
    assert again.encoded == ["bones", "liver", "lungs"]
