"""One tiny corpus for the tests that need documents: two sources on gout, in our own words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant

LEAFLET = """---
title: Gout
publisher: The Joint Leaflet
published: 2021-03-01
---
# Gout

Gout is a disease in which tiny crystals gather in a joint and make it swell and hurt.

## Symptoms of gout

The signs of gout are:

- sudden strong pain in the big toe
- a red and hot joint
- a fever

## Treatment of gout

An attack is treated with colchicine, a medicine that eases it. Doctors also prescribe rest and ice.
"""
HOSTILE = """Old tales of sore joints

Some say <script>document.title='owned'</script> cherries ${alert(1)} cure $$gout$$ *overnight*; they do not.

Treatment myths

Nobody should bathe a sore joint in vinegar <img src=x onerror="document.title='owned'"> for hours.
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder of two documents, one of them hostile."""
    made = tmp_path_factory.mktemp("corpus")
    (made / "gout.md").write_text(LEAFLET, encoding="utf-8", newline="")
    (made / "old tales.txt").write_text(HOSTILE, encoding="utf-8", newline="")
    return made


@pytest.fixture(scope="session")
def assistant(folder: Path) -> Iterator[Assistant]:
    """The assistant over that folder."""
    yield Assistant.open(folder)
