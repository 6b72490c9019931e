"""How often one address may ask: a bucket of questions for each, filled at a steady pace."""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

# A family behind one address, asking at once; scripts that need more are the operator's to allow.
PER_MINUTE = 60
BURST = 30
# The memory that addresses may take; the one that asked longest ago is forgotten first.
MOST_ADDRESSES = 10_000
# One household has all addresses of such a network, so that each is no asker of its own.
HOUSEHOLD_BITS = 64


@dataclass(frozen=True, slots=True)
class _Bucket:
    questions: float
    at: float


class RateLimit:
    """Lets each address ask `per_minute` questions, and up to `burst` of them at once.

    The machine itself is let through: it is the operator, or a proxy that names no one.
    """

    def __init__(
        self,
        per_minute: int = PER_MINUTE,
        *,
        burst: int = BURST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_minute / 60
        self._burst = float(burst)
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Counts a question of this address; the seconds until it may be asked, 0.0 for at once."""
        asker = _asker(address)
        if asker is None:
            return 0.0
        now = self._clock()
        with self._lock:
            known = self._buckets.get(asker, _Bucket(self._burst, now))
            held = min(self._burst, known.questions + (now - known.at) * self._per_second)
            allowed = held >= 1.0
            self._buckets[asker] = _Bucket(held - 1.0 if allowed else held, now)
            self._buckets.move_to_end(asker)
            while len(self._buckets) > MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1.0 - held) / self._per_second


def _asker(address: str) -> str | None:
    """What stands for everyone behind an address; None for this machine."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        if mapped is None:
            network = ipaddress.ip_network((found, HOUSEHOLD_BITS), strict=False)
            return None if found.is_loopback else str(network)
        found = mapped
    return None if found.is_loopback else str(found)
