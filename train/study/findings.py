"""What a study's runs say together."""

from __future__ import annotations

import dataclasses
import statistics
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from train.gather import Gathered
from train.run import first_contract
from train.skew import Skew, skew
from train.study.compare_arms import Comparison, difference, holm, verdict
from train.study.cost import Cost, cost
from train.study.run_study import Ran
from train.study.student import Interval, t_interval
from train.study.study import CHOSEN_BY, METRICS, Arm, Study

ONE_SEED = "one seed: the verdict is about these very nets, not about the choice"
_LOST = ("diverged", "pruned")
"""How runs end that were worse than the others: what is left of an arm flatters it."""


@dataclass(frozen=True, kw_only=True)
class ArmFindings:
    """One arm over its seeds."""

    arm: Arm
    runs: tuple[Ran, ...]
    valid: Mapping[str, Interval]
    """By metric, and "loss"; empty where no run has finished."""
    test: Mapping[str, Interval]
    cost: Cost
    epoch_s: float | None
    """Seconds of the quickest epoch; in others the machine may have had other work, too."""
    kept_epoch: float | None
    """Which epoch was kept, counted from 1, the mean."""
    skew: Skew | None
    """Of the first finished seed's answers on the validation part."""
    versus: Comparison | None
    """Against the reference; None of the reference itself."""

    @property
    def finished(self) -> tuple[Ran, ...]:
        return tuple(run for run in self.runs if run.state == "finished")

    @property
    def states(self) -> dict[str, int]:
        """How many runs ended otherwise than finished."""
        return dict(Counter(run.state for run in self.runs if run.state != "finished"))

    @property
    def stuck(self) -> tuple[Ran, ...]:
        """Finished runs that did not learn."""
        return tuple(run for run in self.finished if not run.learned)

    @property
    def best_run(self) -> Ran | None:
        """By what runs are chosen by, on validation."""
        return max(self.finished, key=_score, default=None)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All arms, in the study's order."""

    study: Study
    data: Gathered
    arms: tuple[ArmFindings, ...]
    reference: str | None
    """The arm that the others are compared with."""
    pairs: tuple[Comparison, ...]
    """Every arm with every later one."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Of which versions the finished runs are."""
        return tuple(sorted({run.code for found in self.arms for run in found.finished}))

    @property
    def ranked(self) -> tuple[ArmFindings, ...]:
        """The best first; those without a finished run last."""
        return tuple(sorted(self.arms, key=_rank))

    @property
    def best(self) -> ArmFindings | None:
        """The arm that is best on validation."""
        first = self.ranked[0]
        return first if first.valid else None


def find(study: Study, ran: Sequence[Ran], data: Gathered) -> Findings:
    """Gather each arm's runs and compare the arms."""
    by_arm = {arm.name: tuple(r for r in ran if r.job.arm == arm) for arm in study.arms}
    means = {name: _figures(runs)[CHOSEN_BY].mean for name, runs in by_arm.items() if _done(runs)}
    reference = study.reference or max(means, key=lambda name: means[name], default=None)
    lossy = {name for name, runs in by_arm.items() if any(run.state in _LOST for run in runs)}
    versus = _corrected(
        [_compared(by_arm, arm.name, reference) for arm in study.arms if arm.name != reference]
        if reference
        else [],
        lossy,
    )
    names = [arm.name for arm in study.arms]
    pairs = [_compared(by_arm, a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    against = {comparison.first: comparison for comparison in versus}
    arms = tuple(_arm(arm, by_arm[arm.name], data, against.get(arm.name)) for arm in study.arms)
    return Findings(
        study=study,
        data=data,
        arms=arms,
        reference=reference,
        pairs=tuple(_corrected(pairs, lossy)),
    )


def _done(runs: Sequence[Ran]) -> list[Ran]:
    return [run for run in runs if run.state == "finished"]


def _arm(arm: Arm, runs: tuple[Ran, ...], data: Gathered, versus: Comparison | None) -> ArmFindings:
    done = _done(runs)
    seconds = [row["seconds"] for run in runs for row in run.rows if "seconds" in row]
    judged = [run.judged for run in done if run.judged and run.job.plan.judged == "test"]
    test = {key: t_interval([each[key] for each in judged]) for key in METRICS if judged}
    return ArmFindings(
        arm=arm,
        runs=runs,
        valid=_figures(runs),
        test=test,
        cost=cost(first_contract(arm.plan, data.labels)),
        epoch_s=min(seconds, default=None),
        kept_epoch=statistics.fmean(run.best["epoch"] + 1 for run in done) if done else None,
        skew=_skew(done),
        versus=versus,
    )


def _figures(runs: Sequence[Ran]) -> dict[str, Interval]:
    done = [run for run in runs if run.answers is not None]
    if not done:
        return {}
    figures = [run.answers.figures() for run in done if run.answers]
    found = {key: t_interval([getattr(each, key) for each in figures]) for key in METRICS}
    return found | {"loss": t_interval([run.best["valid_loss"] for run in done])}


def _skew(done: Sequence[Ran]) -> Skew | None:
    answers = [run.answers for run in done if run.answers]
    if not answers:
        return None
    # The first seed's alone: the same pictures twice would be taken for more evidence.
    known = answers[0].said >= 0
    return skew(answers[0].said[known], answers[0].truth[known], answers[0].labels)


def _score(run: Ran) -> float:
    return run.answers.figures().macro_f1 if run.answers else -1.0


def _rank(found: ArmFindings) -> float:
    return -found.valid[CHOSEN_BY].mean if found.valid else 1.0


def _compared(by_arm: Mapping[str, Sequence[Ran]], first: str, second: str) -> Comparison:
    """On the pictures and seeds that both have; an arm that never ended well has lost."""
    ours, theirs = (
        {run.job.seed: run.answers for run in by_arm[name] if run.answers}
        for name in (first, second)
    )
    seeds = sorted(set(ours) & set(theirs))
    if not seeds:
        return _by_state(by_arm, first, second)
    pairs = [(ours[seed], theirs[seed]) for seed in seeds]
    if len({answers.pictures for pair in pairs for answers in pair}) > 1:
        return Comparison(
            first=first, second=second, difference=None, p=None, note="other validation pictures"
        )
    truth = pairs[0][0].truth
    hits = [np.stack([pair[i].said == truth for pair in pairs]).astype(float) for i in (0, 1)]
    found, p = difference(hits[0], hits[1], truth)
    note = ONE_SEED if len(seeds) == 1 else ""
    return Comparison(first=first, second=second, difference=found, p=p, note=note)


def _by_state(by_arm: Mapping[str, Sequence[Ran]], first: str, second: str) -> Comparison:
    diverged = [all(run.state == "diverged" for run in by_arm[name]) for name in (first, second)]
    known = [bool(_done(by_arm[name])) for name in (first, second)]
    if diverged[0] and known[1]:
        lost = Comparison(first=first, second=second, difference=None, p=None, verdict="worse")
    elif diverged[1] and known[0]:
        lost = Comparison(first=first, second=second, difference=None, p=None, verdict="better")
    else:
        starved = any(
            run.state == "out of memory" for name in (first, second) for run in by_arm[name]
        )
        note = "memory was too small" if starved else "no runs to compare"
        return Comparison(first=first, second=second, difference=None, p=None, note=note)
    return dataclasses.replace(lost, note="its loss became no number")


def _corrected(comparisons: Sequence[Comparison], lossy: Collection[str]) -> list[Comparison]:
    """With Holm's correction over those that were tested."""
    tested = [each for each in comparisons if each.p is not None]
    adjusted = iter(holm([each.p for each in tested if each.p is not None]))
    return [
        each if each.p is None else _judged(each, next(adjusted), lossy) for each in comparisons
    ]


def _judged(comparison: Comparison, adjusted: float, lossy: Collection[str]) -> Comparison:
    """Nothing is called better of which only the good runs are left."""
    found = verdict(comparison.difference or 0.0, adjusted)
    ahead = {"better": comparison.first, "worse": comparison.second}.get(found)
    if ahead not in lossy:
        return dataclasses.replace(comparison, adjusted=adjusted, verdict=found)
    side = "ahead" if found == "better" else "behind"
    note = f"{side} by the runs alone that {ahead} has left"
    return dataclasses.replace(comparison, adjusted=adjusted, verdict="not compared", note=note)
