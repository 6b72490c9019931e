"""How far long work on files and passages has come, in a bar on standard error where that is a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tqdm import tqdm

# Work that takes no longer shows none.
_SECONDS_BEFORE = 2.0

One = TypeVar("One")


def bar(things: Iterable[One], *, doing: str, unit: str, total: int, shown: bool) -> "tqdm[One]":
    """The same things, counted as they go by; or by hand, by whoever updates it."""
    # Imported late: most of what is done takes no time.
    from tqdm import tqdm

    return tqdm(
        things,
        desc=doing,
        unit=unit,
        total=total,
        delay=_SECONDS_BEFORE,
        leave=False,
        disable=None if shown else True,
    )
