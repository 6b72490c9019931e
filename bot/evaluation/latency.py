"""Milliseconds in, percentiles out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.judging import Judged

PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Latency:
    """The time that a share of questions stays under, in milliseconds, over `n` questions."""

    p50: float
    p95: float
    p99: float
    n: int


def latency(judged: Sequence[Judged]) -> Latency | None:
    """The percentiles; None where predictions give no times."""
    times = [record.milliseconds for record in judged if record.milliseconds is not None]
    if not times:
        return None
    p50, p95, p99 = (float(value) for value in np.percentile(times, PERCENTILES))
    return Latency(p50, p95, p99, len(times))
