"""Records and figures in, the JSON of a report out."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.evaluation.judging import Judged
from bot.evaluation.metrics import figures_by_kind


def as_json(judged: Sequence[Judged]) -> str:
    """The figures by kind, and the record of every question that they come from."""
    report = {
        "figures": {
            kind: {figure.measure: {"value": figure.value, "n": figure.n} for figure in row}
            for kind, row in figures_by_kind(judged).items()
        },
        "questions": [asdict(record) | {"rank": record.rank} for record in judged],
    }
    return json.dumps(report, indent=1) + "\n"
