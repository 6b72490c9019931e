"""What a file may cost at most."""

import contextlib
import sys
from pathlib import Path

# The slowest honest file that was met, a Word file of 872 pages, took less than this.
SECONDS = 60.0
# A file of the largest size that is read gets twice that.
SECONDS_PER_BYTE = SECONDS / (50 * 1024 * 1024)
# Ten times what a Word file may unpack to, for its tree; and a server of usual size has it for two at once.
MEMORY_BYTES = 2 * 1024 * 1024 * 1024


def seconds_for(path: Path) -> float:
    """How long reading a file may take."""
    return seconds_for_bytes(bytes_of(path))


def seconds_for_bytes(size: int) -> float:
    """How long reading so much may take."""
    return SECONDS + size * SECONDS_PER_BYTE


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
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
