"""What is asked of an uploaded file in, the answer out, worked out in a process with little time and memory.

python -m bot.evaluation.formats.apart MODULE ARGUMENT... prints what the module's `answer` gives for these.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from bot.errors import QuestionSetError
from bot.library.limits import limit_memory, seconds_for_bytes

_ROOT = Path(__file__).resolve().parents[3]
# How the process ends where the answer is a sentence on what is wrong, or there is too little memory for one.
_REFUSED, _OUT_OF_MEMORY = 3, 4


def answer(module: str, arguments: Sequence[str], *, name: str, size: int) -> bytes:
    """What a module's `answer` gives. Raises QuestionSetError, in which `name` is that of the file.

    `size` is how many bytes there are to read: it takes longer to read more.
    """
    seconds = seconds_for_bytes(size)
    try:
        ended = subprocess.run(  # noqa: S603 - a module of ours, and arguments that no shell sees
            (sys.executable, "-m", "bot.evaluation.formats.apart", module, *arguments),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QuestionSetError(
            f"{name} could not be read within {seconds:.0f} seconds; split it into smaller files."
        ) from error
    except OSError as error:
        raise QuestionSetError(
            f"{name} cannot be read: no process could be started for it; free some memory and try again."
        ) from error
    if ended.returncode == _OUT_OF_MEMORY:
        raise QuestionSetError(
            f"{name} takes more memory than there is for one file; split it into smaller files."
        )
    if ended.returncode == _REFUSED:
        raise QuestionSetError(ended.stdout.decode())
    if ended.returncode:
        raise QuestionSetError(f"{name} cannot be read: its reader failed on it; save it again.")
    return ended.stdout


def main(arguments: Sequence[str]) -> int:
    """Writes the answer to standard output; the exit status says what it is."""
    limit_memory()
    module, *asked = arguments
    try:
        content: bytes = import_module(module).answer(*asked)
        status = 0
    except QuestionSetError as error:
        content, status = str(error).encode(errors="replace"), _REFUSED
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(content)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
