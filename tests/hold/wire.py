"""HTTP on a socket and nothing else, so that who measures a server measures hardly anything of its own."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

# Longer heads are nobody's here.
_LONGEST_HEAD = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One connection, on which one thing after another is asked."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, question: str, conversation: str | None = None) -> Reply:
        """The reply to a question."""
        body = json.dumps({"question": question, "conversation": conversation}).encode()
        return await self.send("POST", "/api/ask", body)

    async def send(self, method: str, path: str, body: bytes = b"") -> Reply:
        """The reply to any request. Raises OSError or EOFError where there is none."""
        head = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        self._writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        status, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return Reply(int(status.split()[1]), headers, await self._body(headers))

    async def _body(self, headers: dict[str, str]) -> bytes:
        if "content-length" in headers:
            return await self._reader.readexactly(int(headers["content-length"]))
        found = b""
        while size := int(await self._reader.readline(), 16):
            found += await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()
        return found


@asynccontextmanager
async def wire(port: int) -> AsyncIterator[Wire]:
    """A connection to this machine, for as long as the block."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=_LONGEST_HEAD)
    try:
        yield Wire(reader, writer)
    finally:
        writer.close()
