from pathlib import Path

import pytest

from tests.serving.folders import KETTLE, OVEN, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A watched folder with two documents, answered by words alone."""
    made = tmp_path / "documents"
    made.mkdir()
    for name, text in (("kettle.md", KETTLE), ("oven.md", OVEN)):
        (made / name).write_text(text, encoding="utf-8")
    return Folder(made)
