"""A study's findings in rows, alike for a terminal, for Markdown and for HTML."""

from __future__ import annotations

from dataclasses import dataclass

from train.skew import LabelSkew, Skew, Verdict
from train.study.findings import ArmFindings, Findings
from train.study.student import Interval
from train.study.study import METRICS

STUCK = "did not learn"
"""Said of runs whose training loss ended above where it began."""
TITLES = {"macro_recall": "macro recall", "macro_f1": "macro F1", "accuracy": "accuracy"}


@dataclass(frozen=True, kw_only=True)
class Table:
    """Titles, and rows of as many cells."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(findings: Findings) -> Table:
    """A row for each arm, the best first."""
    tested = any(found.test for found in findings.arms)
    titles = ("arm", *(TITLES[key] for key in METRICS), "loss", "verdict", "p (Holm)")
    if tested:
        titles += tuple(f"test {TITLES[key]}" for key in METRICS)
    titles += ("says too often", "parameters", "multiply-adds", "size")
    titles += ("s/epoch, quickest", "best epoch", "seeds")
    return Table(
        titles=titles,
        rows=tuple(_row(found, findings, tested) for found in findings.ranked),
    )


def markdown(findings: Findings) -> str:
    """The table as Markdown."""
    found = table(findings)
    lines = [found.titles, ("---",) * len(found.titles), *found.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def share(found: Interval | None) -> str:
    """A mean in percent, with its interval where there is one."""
    if found is None:
        return "–"
    if found.low is None or found.high is None:
        return f"{100 * found.mean:.1f}%"
    return f"{100 * found.mean:.1f}% ±{100 * (found.high - found.mean):.1f}"


def big(value: int) -> str:
    """Thousands and millions, three digits at most."""
    for limit, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= limit:
            return f"{value / limit:.3g}{unit}"
    return str(value)


def said(skew: Skew, verdict: Verdict) -> str:
    """The labels of which this is true beyond chance, by how many points of all answers."""
    items = [item for item in skew.labels if item.verdict == verdict]
    items.sort(key=lambda item: -abs(item.predicted_share - item.true_share))
    return ", ".join(
        f"{item.label} {100 * (item.predicted_share - item.true_share):+.1f}" for item in items
    )


def ratio(item: LabelSkew) -> str:
    """How many times as often as true, with its interval."""
    if item.ratio is None:
        return "–"
    if item.ratio_interval is None:
        return f"{item.ratio:.2f}"
    return f"{item.ratio:.2f} ({item.ratio_interval[0]:.2f}–{item.ratio_interval[1]:.2f})"


def verdict(found: ArmFindings, reference: str | None) -> str:
    """Against the reference; and whether it learned at all."""
    alone = "the reference" if found.arm.name == reference else "–"
    text = found.versus.verdict if found.versus else alone
    if not found.stuck:
        return text
    stuck, all_ = len(found.stuck), len(found.finished)
    return f"{text}, {STUCK}" if stuck == all_ else f"{text}, {stuck} of {all_} {STUCK}"


def chance(found: ArmFindings) -> str:
    """After Holm's correction."""
    adjusted = found.versus.adjusted if found.versus else None
    if adjusted is None:
        return "–"
    return "<0.001" if adjusted < 0.001 else f"{adjusted:.3f}"


def seeds(found: ArmFindings) -> str:
    """How many finished, and what became of the others."""
    others = "".join(f", {count} {state}" for state, count in found.states.items())
    return f"{len(found.finished)}{others}"


def _row(found: ArmFindings, findings: Findings, tested: bool) -> tuple[str, ...]:
    loss = found.valid.get("loss")
    cells = (
        found.arm.name,
        *(share(found.valid.get(key)) for key in METRICS),
        f"{loss.mean:.3f}" if loss else "–",
        verdict(found, findings.reference),
        chance(found),
    )
    if tested:
        cells += tuple(share(found.test.get(key)) for key in METRICS)
    return (
        *cells,
        "–" if found.skew is None else said(found.skew, "over-predicted") or "none",
        big(found.cost.parameters),
        big(found.cost.multiply_adds),
        f"{big(found.cost.weight_bytes)}B",
        "–" if found.epoch_s is None else f"{found.epoch_s:.3g}",
        "–" if found.kept_epoch is None else f"{found.kept_epoch:.1f}",
        seeds(found),
    )
