"""How often may be asked: a bucket of questions for each address and one for all, filled at a steady pace."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.web.proxies import household, is_loopback

# A family behind one address, asking at once; scripts that need more are the operator's to allow.
PER_MINUTE = 60
BURST = 30
# The memory that addresses may take; the one that asked longest ago is forgotten first.
MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class _Pace:
    """So many questions a second, and up to so many at once."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class _Bucket:
    questions: float
    at: float

    def filled(self, pace: _Pace, now: float) -> "_Bucket":
        """The same at a later time."""
        return _Bucket(min(pace.burst, self.questions + (now - self.at) * pace.per_second), now)

    def wait(self, pace: _Pace) -> float:
        """The seconds until it holds a question."""
        return max(1.0 - self.questions, 0.0) / pace.per_second

    def less(self) -> "_Bucket":
        """The same without a question."""
        return _Bucket(self.questions - 1.0, self.at)


class RateLimit:
    """Lets each address ask `per_minute` questions, and up to `burst` of them at once; 0 for any number.

    All together ask `in_total` questions a minute at most, and half of them at once; 0 for any number. The
    machine itself is let through: it is the operator.
    """

    def __init__(
        self,
        per_minute: int = PER_MINUTE,
        *,
        in_total: int = 0,
        burst: int = BURST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each = _Pace(per_minute / 60, float(burst)) if per_minute else None
        self._all = _Pace(in_total / 60, max(in_total / 2, 1.0)) if in_total else None
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._total = _Bucket(self._all.burst if self._all else 0.0, clock())
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Counts a question of this address; the seconds until it may be asked, 0.0 for at once.

        One that has to wait counts for nobody: who asks too often takes nothing from the others.
        """
        if is_loopback(address):
            return 0.0
        asker, now = household(address), self._clock()
        with self._lock:
            return self._wait_of(asker, now) or self._wait_of_all(asker, now)

    def _wait_of(self, asker: str, now: float) -> float:
        if self._each is None:
            return 0.0
        bucket = self._buckets.get(asker, _Bucket(self._each.burst, now)).filled(self._each, now)
        self._buckets[asker] = bucket
        self._buckets.move_to_end(asker)
        while len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket.wait(self._each)

    def _wait_of_all(self, asker: str, now: float) -> float:
        """The wait of someone who would be let through alone; the question is counted if there is none."""
        if self._all is not None:
            self._total = self._total.filled(self._all, now)
            wait = self._total.wait(self._all)
            if wait > 0:
                return wait
            self._total = self._total.less()
        if self._each is not None:
            self._buckets[asker] = self._buckets[asker].less()
        return 0.0
