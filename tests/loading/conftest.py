"""A folder with the mistakes that operators make, in our own words."""

from pathlib import Path

import pytest

from bot.library import read_corpus
from bot.loading.report import LoadReport, load_report
from bot.passages import cut_corpus

STYE = (
    "---\ntitle: Styes\npublished: 2024-05-06\n---\n# Styes\n\n## What helps?\n\n"
    "A warm flannel on the closed eye helps a stye to drain. Hold it there for ten minutes.\n\n"
    "## When to see somebody\n\nSee an optician if the stye has not gone after two weeks.\n"
)
TWIN = STYE.replace("title: Styes", "title: Lumps on the lid")
NAMESAKE = "# Styes\n\n## Causes\n\nA stye comes from a blocked gland at the root of a lash.\n"
SOURCES = "# Eye drops\n\n## How often?\n\nAs on the label.\n\n## References\n\n" + "".join(
    f"- Lid A, Lash B. Drops in the {place} of the eye. Eye Journal {2001 + at}; {at}: 12-15.\n"
    for at, place in enumerate(("corner", "middle", "white"))
)
PLAIN = "Rinse the eye with clean water and blink often until the grain of sand has come out by itself.\n"
SPANISH = (
    "# Orzuelos\n\n## Qué ayuda\n\nUn paño tibio sobre el ojo cerrado ayuda a que el orzuelo se vacíe. "
    "Hay que mantenerlo durante diez minutos, varias veces al día, con las manos limpias y sin apretar.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    files = {
        "stye.md": STYE,
        "lumps.md": TWIN,
        "stye-old.md": NAMESAKE,
        "drops.md": SOURCES,
        "sand.txt": PLAIN,
        "orzuelos.md": SPANISH,
        "empty.txt": "",
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return folder


def reported(folder: Path) -> LoadReport:
    """The report of a folder."""
    corpus = read_corpus(folder)
    return load_report(corpus, cut_corpus(corpus))
