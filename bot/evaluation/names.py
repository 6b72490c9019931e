"""Names that sets and runs have for documents in, the documents of a corpus out."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from bot.records import Document


class Names:
    """Finds documents by their paths or, where one document alone has it, by a name without its ending.

    A name in which signs are escaped, as the names of files have to be, is the same name.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.id: document for document in documents}
        self._stems: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents.values():
            for stem in _stems(document.id):
                self._stems[stem].append(document)

    def by_path(self, name: str) -> Document | None:
        """The document with just this path."""
        return self.documents.get(name)

    def find(self, name: str) -> Document | None:
        """The document with this path, or else the only one with this name."""
        found = self.by_path(name)
        named = self._stems.get(name, [])
        return found if found is not None or len(named) != 1 else named[0]


def stem_of(path: str) -> str:
    """The name by which a published set knows the document that was written to a path."""
    return unquote(str(PurePosixPath(path).with_suffix("")))


def _stems(path: str) -> set[str]:
    whole = PurePosixPath(path)
    return {whole.stem, str(whole.with_suffix("")), unquote(whole.stem), stem_of(path)}
