"""The process that reads files for another, which may end it at any time: python -m bot.library.child.

Over standard input come a path and a document's id, in turns; over standard output goes what came of each.
"""

import os
import signal
import sys
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from bot.library.frames import receive, send
from bot.library.limits import limit_memory, seconds_for
from bot.library.reading import attempt

# So much later than the parent would have, a child ends by itself: nobody is there to end it.
_GRACE_SECONDS = 5


def main() -> None:
    """Reads what is asked for until nobody asks any more."""
    # Ctrl+C reaches every process of a terminal; the parent's end is a child's.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = _own_output()
    limit_memory()
    asked: SimpleQueue[tuple[Path, str]] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    send(replies, b"")
    while True:
        path, doc = asked.get()
        _end_after(seconds_for(path) + _GRACE_SECONDS)
        reply = attempt(path, doc)
        _end_after(0)
        send(replies, reply)


def _own_output() -> BinaryIO:
    """Standard output for us alone: what a parser prints would garble the replies."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _listen(requests: BinaryIO, asked: "SimpleQueue[tuple[Path, str]]") -> None:
    while (path := receive(requests)) is not None and (doc := receive(requests)) is not None:
        asked.put((Path(os.fsdecode(path)), doc.decode()))
    # The parent is gone: the work in hand is for nobody.
    os._exit(0)


def _end_after(seconds: float) -> None:
    """Has the system end this process then, whatever it is busy with; 0 takes that back."""
    if sys.platform != "win32":
        signal.alarm(int(seconds))


if __name__ == "__main__":
    main()
