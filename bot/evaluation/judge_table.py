"""How far confidences can be relied on in, lines for the terminal out."""

from collections.abc import Sequence

from bot.evaluation.discrimination import Discrimination, discrimination
from bot.evaluation.judging import Judged
from bot.evaluation.metrics import Figure
from bot.evaluation.reliability import Reliability, reliability
from bot.evaluation.risk import RiskCurve, risk_curve
from bot.evaluation.table import aligned, ends, shown_value
from bot.evaluation.thresholds import Outcomes, Threshold
from bot.rendering.terminal import printable


def judge_lines(judged: Sequence[Judged]) -> list[str]:
    """What the confidences are worth; nothing where there are none."""
    risk, told = risk_curve(judged), discrimination(judged)
    diagrams = reliability(judged)
    lines = [_on_area(found) for found in told]
    lines += _on_risk(risk) if risk else []
    for diagram in diagrams:
        lines += _on_diagram(diagram)
    return lines


def _on_area(found: Discrimination) -> str:
    return (
        f"AUROC of confidence for {found.of} {found.area:.3f} ({ends(found.interval)}), {found.positive}"
        f" against {found.negative}; 0.5 is chance, 1 is best"
    )


def _on_risk(risk: RiskCurve) -> list[str]:
    lines = [f"risk-coverage area {risk.area:.3f} ({ends(risk.interval)}), 0 is best"]
    if risk.skill is not None:
        lines.append(
            f"risk-coverage skill {risk.skill:.3f} ({ends(risk.skill_interval)}): from chance, area"
            f" {risk.chance:.3f}, at 0 to an oracle, area {risk.oracle:.3f}, at 1"
        )
    return lines


def _on_diagram(diagram: Reliability) -> list[str]:
    rows = [["confidence", "n", "mean", "right", "95 % interval"]]
    rows += [
        [
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.n),
            f"{one.confidence:.3f}",
            f"{one.right:.3f}",
            ends(one.interval),
        ]
        for one in diagram.bins
    ]
    head = (
        f"Reliability, {diagram.of}: calibration error {diagram.error:.3f}, Brier score {diagram.brier:.3f};"
        " of both 0 is best"
    )
    return ["", head, aligned(rows, left=(0,))]


def threshold_lines(found: Threshold) -> list[str]:
    """The threshold and what it does to the set it was chosen on and to the one it is reported on."""
    columns = (
        ("chosen on", found.chosen_on),
        ("reported on", found.reported_on),
        ("as predicted", found.as_predicted),
    )
    rows = [["", *(f"{head} {printable(outcomes.name)}" for head, outcomes in columns)]]
    for place, figure in enumerate(found.reported_on.figures):
        rows.append([figure.measure, *(_figure(outcomes.figures[place]) for _, outcomes in columns)])
    rows.append(["treated well", *(_well(outcomes) for _, outcomes in columns)])
    head = (
        f"Threshold {found.value:.4f}: with it most questions of {printable(found.chosen_on.name)} are"
        " treated well, that is answered where the first passage is right and not answered where it is not"
    )
    return ["", head, aligned(rows, left=(0,))]


def _figure(figure: Figure) -> str:
    if figure.value is None:
        return "-"
    return f"{shown_value(figure.value)} ({ends(figure.interval)}), n {figure.n}"


def _well(outcomes: Outcomes) -> str:
    return shown_value(outcomes.well)
