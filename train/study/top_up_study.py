"""Whether more pictures of some labels mend a skew: a study of how many, and what they bring."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from train.checkpoint import load
from train.data.dataset import Dataset
from train.judged_part import Part
from train.plan import Plan, TopUp
from train.source import Source
from train.study.findings import Findings
from train.study.run_study import Ran
from train.study.skew_on import SkewOn, known_part, skew_on
from train.study.student import Interval, t_interval
from train.study.study import METRICS, Arm, Study
from train.watch import Watch

MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What an amount comes to on one dataset, over the seeds."""

    data: str
    place: int
    """Which of the data, in the order in which they were named."""
    amount: int
    figures: Mapping[str, Interval]
    """By metric, and "moved": the share of answers that would have to move to match the truth."""
    surplus: Mapping[str, Interval]
    """By added label: how much more often it is said than true, as a share of all pictures."""
    verdicts: tuple[str, ...]
    """What each seed's skew is called."""


def top_up_study(
    plan: Plan, wanted: TopUp, amounts: Sequence[int], *, name: str, seeds: tuple[int, ...]
) -> Study:
    """An arm as the model was fitted, and one for every amount."""
    arms = [Arm(name=_arm(0), plan=plan, values={"added": "0"})]
    for amount in sorted(set(amounts) - {0}):
        topped = dataclasses.replace(plan, top_up=dataclasses.replace(wanted, amount=amount))
        arms.append(Arm(name=_arm(amount), plan=topped, values={"added": str(amount)}))
    return Study(
        name=name, arms=tuple(arms), seeds=seeds, reference=arms[0].name, design="top-up", test=True
    )


def effects(
    findings: Findings, judged: Sequence[tuple[Dataset, Part]], source: Source, watch: Watch
) -> tuple[Effect, ...]:
    """Every arm on every dataset."""
    found = []
    for place, (dataset, part) in enumerate(judged):
        for arm in findings.arms:
            runs = [_judged(run, dataset, part, source, watch) for run in arm.finished]
            if runs:
                found.append(_effect(place, arm.arm.plan.top_up, findings, runs))
    return tuple(found)


def _arm(amount: int) -> str:
    return f"{amount} added" if amount else "as it was"


def _judged(run: Ran, dataset: Dataset, part: Part, source: Source, watch: Watch) -> SkewOn:
    assert run.model is not None  # it has finished
    net, contract = load(run.model)
    # It may know fewer labels than the model that was fitted before.
    dataset = known_part(dataset, contract, "auto")
    return skew_on(net, contract, dataset, part=part, source=source, watch=watch)


def _effect(place: int, wanted: TopUp | None, findings: Findings, runs: Sequence[SkewOn]) -> Effect:
    labels = next(arm.plan.top_up.labels for arm in findings.study.arms if arm.plan.top_up)
    figures = {key: t_interval([getattr(run.figures, key) for run in runs]) for key in METRICS} | {
        MOVED: t_interval([run.skew.moved for run in runs])
    }
    return Effect(
        data=runs[0].data,
        place=place,
        amount=wanted.amount if wanted else 0,
        figures=figures,
        surplus={label: t_interval([_surplus(run, label) for run in runs]) for label in labels},
        verdicts=tuple(run.skew.verdict for run in runs),
    )


def _surplus(run: SkewOn, label: str) -> float:
    found = next(item for item in run.skew.labels if item.label == label)
    return found.predicted_share - found.true_share


def top_up_data(data: Path, labels: Sequence[str], beside: Sequence[Path]) -> TopUp:
    """What is added, whatever the amount."""
    return TopUp(data=data, labels=tuple(labels), amount=0, beside=tuple(beside))
