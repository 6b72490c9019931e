"""Coroutines run to their end, also while a browser's loop runs in the main thread."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def finished(work: Coroutine[object, object, None]) -> None:
    """Runs a coroutine in a thread, and so in a loop, of its own; raises what it raises."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()
