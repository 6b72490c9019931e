"""A folder whose files are put and taken away by tests, and a watch over it that needs no waiting."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.assistant import Assistant
from bot.library import read_corpus
from bot.library.look import Look
from bot.records import Corpus
from bot.serving import Served, Watch, look_at
from bot.serving.watch import SECONDS_BETWEEN_LOOKS

KETTLE = (
    "# Kettles\n\n## Which signs does a scaled kettle have?\n\nA scaled kettle hums and takes long to boil.\n"
)
OVEN = "# Ovens\n\n## How is an oven cleaned?\n\nAn oven is cleaned with soda and a damp cloth.\n"
MENDED = KETTLE.replace("hums", "whistles")


class Clock:
    """Time that passes when a test says so, and by `tick` whenever it is looked at."""

    def __init__(self) -> None:
        self.now = self.tick = 0.0

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


class Folder:
    """A watched folder."""

    def __init__(self, path: Path, *, encoder: Path | None = None) -> None:
        self.path = path
        self.clock = Clock()
        # What a look sees and what is read: tests put others in their place.
        self.see: Callable[[], Look] = partial(look_at, path)
        self.read: Callable[[], Corpus] = partial(read_corpus, path)
        first = self.see()
        self.served = Served(Assistant.open(path, encoder=encoder, wait=False))
        self.watch = Watch(self.served, first=first, see=self._look, read=self._read, clock=self.clock)

    def _look(self) -> Look:
        return self.see()

    def _read(self) -> Corpus:
        return self.read()

    def put(self, name: str, text: str) -> None:
        """A file with this text, in the place of one that may be there."""
        (self.path / name).write_text(text, encoding="utf-8")

    def look(self, times: int = 1) -> None:
        """Let so many looks come due, one after the other."""
        for _ in range(times):
            self.clock.now += SECONDS_BETWEEN_LOOKS
            self.watch.step()

    @property
    def texts(self) -> dict[str, str]:
        """The documents that are served."""
        return {document.id: document.text for document in self.served.assistant.corpus.documents}
