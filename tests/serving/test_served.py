from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.library import read_corpus
from bot.serving import Served, Standing
from tests.serving.folders import KETTLE, MENDED, OVEN


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """One document that was changed, one that was taken away, one that came."""
    (tmp_path / "kettle.md").write_text(KETTLE, encoding="utf-8")
    (tmp_path / "oven.md").write_text(OVEN, encoding="utf-8")
    served = Served(Assistant.open(tmp_path, encoder=None))
    (tmp_path / "kettle.md").write_text(MENDED, encoding="utf-8")
    (tmp_path / "oven.md").replace(tmp_path / "stove.md")
    served.swap(served.assistant.over(read_corpus(tmp_path)))
    return served


def test_the_last_assistant_is_served_and_earlier_documents_are_known(served: Served) -> None:
    assert [document.id for document in served.assistant.corpus.documents] == ["kettle.md", "stove.md"]
    assert [served.knew(doc) for doc in ("kettle.md", "oven.md", "stove.md", "none.md")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("doc", "digest", "standing"),
    [
        ("kettle.md", "own", "identical"),
        ("kettle.md", "another", "changed"),
        # Whoever does not say which version was quoted may mean the first.
        ("kettle.md", None, "changed"),
        ("stove.md", None, "identical"),
        ("stove.md", "another", "changed"),
        ("oven.md", "another", "gone"),
    ],
)
def test_a_quote_stands_to_its_document_by_the_digest_of_its_text(
    served: Served, doc: str, digest: str | None, standing: Standing
) -> None:
    now = served.assistant.document(doc) if served.assistant.holds(doc) else None
    own = now.digest if digest == "own" and now is not None else digest
    assert served.standing(doc, own, now) == standing
