"""The list of documents as it is sent, made once for each state of the documents."""

import asyncio
import json
import weakref

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.showing import described


class Listed:
    """The list in JSON, of what is served at the moment."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._made: weakref.WeakKeyDictionary[Assistant, bytes] = weakref.WeakKeyDictionary()

    async def bytes(self) -> bytes:
        """It is made beside all else: that of a library takes a while."""
        assistant = self._served.assistant
        made = self._made.get(assistant)
        if made is None:
            made = await asyncio.to_thread(_written, assistant)
            self._made[assistant] = made
        return made


def _written(assistant: Assistant) -> bytes:
    listed = [described(document) for document in assistant.corpus.documents]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()
