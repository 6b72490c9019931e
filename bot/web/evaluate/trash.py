"""Sets and runs that were deleted: kept for a while, so that any of them can be put back."""

import json
import logging
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.errors import OutputError, QuestionSetError
from bot.files import write_atomically

_LOG = logging.getLogger(__name__)
# Long enough to come back from a holiday and miss something.
DAYS = 30
TRASH = ".trash"
_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
_ITEM, _NOTE = "item", "trash.json"
Kind = Literal["set", "run"]


@dataclass(frozen=True, slots=True)
class Deleted:
    """Something in the trash: `name` is what it was called, `path` the name that it lay under."""

    id: str
    kind: Kind
    name: str
    path: str

    @property
    def until(self) -> str:
        """The day on which it goes for good."""
        began = datetime.strptime(self.id[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
        return f"{began + timedelta(days=DAYS):%Y-%m-%d}"


class Trash:
    """A folder of what was deleted, each in a folder of its own."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = folder / TRASH
        self._clock = clock

    def throw(self, path: Path, kind: Kind, name: str) -> Deleted:
        """Moves a file or folder here; raises OutputError."""
        deleted = Deleted(f"{self._clock():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}", kind, name, path.name)
        place = self._folder / deleted.id
        try:
            place.mkdir(parents=True)
            write_atomically(place / _NOTE, json.dumps(asdict(deleted)) + "\n")
            path.rename(place / _ITEM)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise _failed(error) from error
        return deleted

    def all(self) -> tuple[Deleted, ...]:
        """What can be put back, the latest first; what is older than DAYS goes for good."""
        if not self._folder.is_dir():
            return ()
        oldest = f"{self._clock() - timedelta(days=DAYS):%Y%m%d-%H%M%S}"
        found = []
        for place in sorted(self._folder.iterdir(), reverse=True):
            if not _ID.fullmatch(place.name):
                continue
            if place.name[:15] < oldest:
                shutil.rmtree(place, ignore_errors=True)
            elif (deleted := _noted(place)) is not None:
                found.append(deleted)
        return tuple(found)

    def find(self, name: str) -> Deleted:
        """What was deleted under this id; raises QuestionSetError where it is not there any more."""
        deleted = _noted(self._folder / name) if _ID.fullmatch(name) else None
        if deleted is None:
            raise QuestionSetError("This is not in the trash any more; go back to the list.")
        return deleted

    def put_back(self, deleted: Deleted, to: Path) -> None:
        """Moves it to a free place; raises OutputError."""
        place = self._folder / deleted.id
        try:
            (place / _ITEM).rename(to)
        except OSError as error:
            raise _failed(error) from error
        shutil.rmtree(place, ignore_errors=True)

    def drop(self, deleted: Deleted) -> None:
        """Deletes it for good."""
        shutil.rmtree(self._folder / deleted.id, ignore_errors=True)


def _noted(place: Path) -> Deleted | None:
    try:
        found = Deleted(**json.loads((place / _NOTE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        _LOG.warning("%s in the trash cannot be read and is passed over.", place.name)
        return None
    return found if found.id == place.name and (place / _ITEM).exists() else None


def _failed(error: OSError) -> OutputError:
    reason = error.strerror or "the system gave no reason"
    return OutputError(f"It cannot be moved ({reason}); ask the operator.")
