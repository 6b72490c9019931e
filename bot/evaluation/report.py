"""A scored run in, the JSON of its report out."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from bot.evaluation.contrast import Contrast, as_record
from bot.evaluation.grouping import on_groups
from bot.evaluation.in_words import in_words
from bot.evaluation.latency import latency
from bot.evaluation.metrics import figures_by_kind, on_ranks
from bot.evaluation.misses import misses
from bot.evaluation.risk import risk_curve
from bot.evaluation.scoring import Run


def as_json(run: Run, *, contrasts: Mapping[str, Contrast] | None = None) -> str:
    """The figures by kind, what they depend on, and the record of every question that they come from."""
    beside = contrasts or {}
    risk, times = risk_curve(run.judged), latency(run.judged)
    report = {
        "run": run.name,
        "in_words": in_words(run.judged),
        "signature": asdict(run.signature),
        "made_by": list(run.origins),
        "doubts": list(run.doubts),
        "notes": list(run.notes),
        "ranks": list(on_ranks(run.judged)),
        "groups": list(on_groups(record.group for record in run.judged)),
        "figures": {
            kind: {figure.measure: asdict(figure) for figure in row}
            for kind, row in figures_by_kind(run.judged).items()
        },
        "risk_coverage": asdict(risk) if risk else None,
        "latency": asdict(times) if times else None,
        "misses": [
            asdict(miss) | ({"contrast": as_record(beside[miss.id])} if miss.id in beside else {})
            for miss in misses(run)
        ],
        "questions": [asdict(record) | {"rank": record.rank} for record in run.judged],
    }
    return json.dumps(report, indent=1) + "\n"
