"""The originals of documents, as a patient's browser opens them: PDF alone, while they say what was read."""

import hashlib
from html import escape
from pathlib import PurePosixPath
from threading import Lock
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, Response

from bot.assistant import Assistant
from bot.errors import DocumentError
from bot.reading.files import file_bytes
from bot.records import Document
from bot.serving import Served
from bot.wording import catalogue, say

ADDRESS = "/original/"
# Text and web pages might run something, and Word documents are nothing that a browser opens.
_SHOWN = ".pdf"
_MEDIA_TYPE = "application/pdf"
_OTHER_KIND = "Only a PDF can be opened as it is; /read/ shows the text of every document."


def original_address(document: Document, page: int | None = None) -> str | None:
    """Where the original of a document is opened, at a page; None for one that is not given out."""
    if not _is_shown(document.id):
        return None
    return f"{ADDRESS}{quote(document.id)}" + (f"#page={page}" if page is not None else "")


class Originals:
    """Gives out the files of documents that still say what was read of them.

    What a file said is remembered by its digest, so that it is read again only after it changed.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str, bool]] = {}
        self._lock = Lock()

    def content(self, assistant: Assistant, doc: str) -> bytes | None:
        """The bytes of a document's file; None where it now says something else.

        Raises KeyError for a document that there is not, and DocumentError where its file is gone.
        """
        read = assistant.document(doc).digest
        data = _bytes(assistant, doc)
        digest = hashlib.sha256(data).hexdigest()
        with self._lock:
            known = self._known.get(doc)
        if known is None or known[:2] != (read, digest):
            known = (read, digest, _says(assistant, doc, read, digest))
            with self._lock:
                self._known[doc] = known
        return data if known[2] else None


def serve_originals(api: FastAPI, served: Served) -> None:
    """Adds the address of the originals; nothing but documents of the corpus can be named there."""
    originals = Originals()

    @api.get(ADDRESS + "{doc:path}")
    def original(doc: str) -> Response:
        assistant = served.assistant
        if not assistant.holds(doc):
            return JSONResponse({"error": "There is no such document."}, status_code=404)
        if not _is_shown(doc):
            return JSONResponse({"error": _OTHER_KIND}, status_code=404)
        try:
            data = originals.content(assistant, doc)
        except DocumentError:
            return _told("check_gone", 404)
        if data is None:
            return _told("original_changed", 409)
        name = quote(PurePosixPath(doc).name)
        shown = {"content-disposition": f"inline; filename*=utf-8''{name}"}
        return Response(data, media_type=_MEDIA_TYPE, headers=shown)


def _is_shown(doc: str) -> bool:
    return PurePosixPath(doc).suffix.lower() == _SHOWN


def _bytes(assistant: Assistant, doc: str) -> bytes:
    path = assistant.file(doc)
    if path is None:
        raise DocumentError("it is no longer there; put it back")
    return file_bytes(path)


def _says(assistant: Assistant, doc: str, read: str, digest: str) -> bool:
    """Whether a file with this digest has the text that was read of it before."""
    now = assistant.reread(doc)
    # The file might have been replaced between the two looks at it.
    unchanged = hashlib.sha256(_bytes(assistant, doc)).hexdigest() == digest
    return now is not None and now.digest == read and unchanged


def _told(name: str, status: int) -> HTMLResponse:
    """A sentence for the patient who followed the link, in each language of the page's own."""
    said = "".join(
        f'<p lang="{language}">{escape(say(name, language))}</p>' for language in sorted(catalogue())
    )
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Original</title>'
    return HTMLResponse(f'{head}<meta name="viewport" content="width=device-width">{said}</html>', status)
