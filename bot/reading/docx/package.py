"""A Word file's zip: its parts, their relations, and a sentence where it is no such thing."""

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from urllib.parse import unquote

from bot.errors import DocumentError
from bot.reading.docx.xml import Element, MalformedError, name, parsed

# A few hundred pages of text unpack to some megabytes; a file made to fill the memory unpacks to more.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
# 900 pages have about a million; each costs some hundred bytes of memory.
MAX_TAGS = 8_000_000
MAX_PARTS = 20_000
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1
_USUAL_MAIN_PART = "word/document.xml"
_DAMAGED = "it is damaged or no Word document; open it in Word and save it again"
_MALFORMED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the kind is the last word of its type ("footnotes")."""

    kind: str
    target: str
    external: bool


class Package:
    """An open Word file."""

    def __init__(self, data: bytes) -> None:
        """Opens it. Raises DocumentError."""
        if data.startswith(_COMPOUND_FILE):
            raise DocumentError(
                "it is password-protected or an old .doc file; save it as .docx without a password"
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except _MALFORMED as error:
            raise DocumentError(
                "it is not a Word file, which is a zip inside; save it as .docx again"
            ) from error
        if len(entries) > MAX_PARTS:
            raise DocumentError(f"it has more than {MAX_PARTS} parts; open it in Word and save it again")
        # Word does not tell large letters from small ones in the names of parts.
        self._entries = {_normal(entry.filename): entry for entry in entries}
        self._unpacked = 0
        self.relations = cache(self._relations)
        self.main = self._main_part()

    def tree(self, part: str) -> Element | None:
        """A part's XML; None where there is no such part. Raises DocumentError where it is damaged."""
        entry = self._entries.get(_normal(part))
        if entry is None:
            return None
        try:
            return parsed(self._content(entry))
        except (*_MALFORMED, MalformedError) as error:
            raise DocumentError(_DAMAGED) from error

    def document(self) -> Element:
        """The main part. Raises DocumentError where there is none."""
        root = self.tree(self.main)
        if root is None or root.tag != name("w:document"):
            raise DocumentError(_DAMAGED)
        return root

    def _relations(self, part: str) -> Mapping[str, Relation]:
        """What a part refers to, by the relation's id; "" is the package itself."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {
            relation.get("Id") or "": Relation(
                kind=(relation.get("Type") or "").rpartition("/")[2],
                target=posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")),
                external=relation.get("TargetMode") == "External",
            )
            for relation in root.iter(name("pr:Relationship"))
        }

    def related(self, part: str, kind: str) -> Element | None:
        """The tree of the part that another has for a purpose ("styles"); None where it has none."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external:
                return self.tree(relation.target)
        return None

    def _main_part(self) -> str:
        found = (
            relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"
        )
        return next(found, _USUAL_MAIN_PART)

    def _content(self, entry: zipfile.ZipInfo) -> bytes:
        """What an entry unpacks to, never more than it declares. Raises DocumentError and _MALFORMED."""
        if entry.flag_bits & _ENCRYPTED:
            raise DocumentError("it is password-protected; save it without a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile
        self._unpacked += entry.file_size
        if self._unpacked > MAX_UNPACKED_BYTES:
            limit = MAX_UNPACKED_BYTES // (1024 * 1024)
            raise DocumentError(f"it unpacks to more than {limit} MB; split it into smaller files")
        with self._zip.open(entry) as stream:
            # Reading without a number would unpack all that there is before looking at the size.
            content = stream.read(entry.file_size + 1)
        if content.count(b"<") > MAX_TAGS:
            raise DocumentError("it has too many elements for a document; split it into smaller files")
        return content


def _normal(part: str) -> str:
    return unquote(part).replace("\\", "/").lstrip("/").casefold()
