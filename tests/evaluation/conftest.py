import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.records import Block, Corpus, Document, Section

TEXTS = {
    "bones.md": "Bones may ache at night. A scan shows them. Bones may ache at night.",
    "liver/signs.txt": "Yellow skin is a sign. So is itching, café or not.",
}


def body(length: int) -> Section:
    return Section((), 0, length, (Block("paragraph", 0, length),))


@pytest.fixture
def corpus() -> Corpus:
    documents = tuple(
        Document(name, name, text, (body(len(text)),), digest=hashlib.sha256(text.encode()).hexdigest())
        for name, text in TEXTS.items()
    )
    return Corpus(documents, digest="c")


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[..., Path]:
    """Writes lines, each an object or a text as it stands, to a file of the name."""

    def write(*lines: object, name: str = "set.jsonl") -> Path:
        path = tmp_path / name
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return path

    return write
