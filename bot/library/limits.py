"""What a file may cost at most: `bot.settings.Reading`, unless the operator sets something else.

It stands in the environment, for the processes that read files to have it from there.
"""

import contextlib
import os
import sys
from pathlib import Path

from bot.settings import Reading

SECONDS = Reading().reading_seconds
# A file of this size, the largest that is read, gets twice the time.
_LARGEST_BYTES = 50 * 1024 * 1024
_SECONDS, _MEMORY_MB = "BOT_READING_SECONDS", "BOT_READING_MEMORY_MB"


def set_limits(reading: Reading) -> None:
    """From here on, these hold in this process and in those that it starts."""
    if reading != limits():
        os.environ[_SECONDS] = str(reading.reading_seconds)
        os.environ[_MEMORY_MB] = str(reading.reading_memory_mb)


def limits() -> Reading:
    """Those that hold now."""
    usual = Reading()
    seconds, memory = os.environ.get(_SECONDS), os.environ.get(_MEMORY_MB)
    return Reading(
        float(seconds) if seconds else usual.reading_seconds,
        int(memory) if memory else usual.reading_memory_mb,
    )


def seconds_for(path: Path) -> float:
    """How long reading a file may take."""
    return seconds_for_bytes(bytes_of(path))


def seconds_for_bytes(size: int) -> float:
    """How long reading so much may take."""
    return limits().reading_seconds * (1 + size / _LARGEST_BYTES)


def bytes_of(path: Path) -> int:
    """The size of a file; 0 where it cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def limit_memory() -> None:
    """Has this process refused more memory than a file may cost, where the system can do that."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        # Some systems know the limit and refuse to set it.
        with contextlib.suppress(OSError, ValueError):
            most = limits().reading_memory_mb * 1024 * 1024
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
