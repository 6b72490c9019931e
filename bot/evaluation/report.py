"""A scored run in, the JSON of its report out."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from bot.evaluation.baselines import Baseline
from bot.evaluation.contrast import MOST_CONTRASTED, Contrast, as_record, on_contrasts
from bot.evaluation.discrimination import discrimination
from bot.evaluation.grouping import on_groups
from bot.evaluation.in_words import in_words
from bot.evaluation.latency import latency
from bot.evaluation.metrics import figures, figures_by_kind, on_ranks
from bot.evaluation.misses import misses
from bot.evaluation.reliability import reliability
from bot.evaluation.risk import risk_curve
from bot.evaluation.scoring import Run
from bot.evaluation.thresholds import Threshold


def as_json(
    run: Run,
    *,
    contrasts: Mapping[str, Contrast] | None = None,
    most: int | None = MOST_CONTRASTED,
    threshold: Threshold | None = None,
) -> str:
    """The figures by kind, what they depend on, and the record of every question that they come from.

    `most` is how many misses were to have a contrast.
    """
    beside, missed = contrasts or {}, misses(run)
    risk, times = risk_curve(run.judged), latency(run.judged)
    report = {
        "run": run.name,
        "in_words": in_words(run.judged, run.baselines),
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
        "baselines": {baseline.name: _baseline(baseline) for baseline in run.baselines},
        "differences": [asdict(found) for found in run.differences],
        "reliability": [asdict(diagram) for diagram in reliability(run.judged)],
        "auroc": {found.of: asdict(found) for found in discrimination(run.judged)},
        "risk_coverage": asdict(risk) if risk else None,
        "threshold": asdict(threshold) if threshold else None,
        "latency": asdict(times) if times else None,
        "misses": [
            asdict(miss) | ({"contrast": as_record(beside[miss.id])} if miss.id in beside else {})
            for miss in missed
        ],
        "contrasts": list(on_contrasts(missed, most)) if contrasts is not None else [],
        "questions": [asdict(record) | {"rank": record.rank} for record in run.judged],
    }
    return json.dumps(report, indent=1) + "\n"


def _baseline(baseline: Baseline) -> dict[str, object]:
    found = {figure.measure: asdict(figure) for figure in figures(baseline.judged) if figure.n}
    return {"figures": found, "ranks": {record.id: record.rank for record in baseline.judged}}
