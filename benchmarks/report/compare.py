"""A run beside an older one: what became faster or slower, and in which stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from benchmarks.report.statistics import growth_interval, growth_of_pairs

if TYPE_CHECKING:
    from benchmarks.report.report import Pairs, Report, Series

Verdict: TypeAlias = Literal[
    "faster",
    "slower",
    "better",
    "worse",
    "larger",
    "smaller",
    "the same",
    "not comparable",
]
NOTICED = 0.05
"""A smaller change is called none: two runs of the same code differ by as much."""
SAME_SPEED = 1.25
"""The reference work of the two runs may differ so far."""
_SAME = ("system", "processor", "cores", "browser_name", "backend", "threads")
LEAST_COMPARED = 5
"""Fewer samples say nothing of how far another run would be from this one."""
TOTAL = "total"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A series or a figure that both runs have."""

    name: str
    unit: str | None
    """A figure has none."""
    old: float
    new: float
    """Means, where it is a series."""
    ratio: float | None
    """New / old; none where the old one is 0."""
    low: float | None = None
    high: float | None = None
    """The ratio's 95% interval, where enough samples were kept."""
    verdict: Verdict
    stage: str | None = None
    """Of a total that changed: the stage that did most of it."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All changes, and why times are not judged where they would say nothing."""

    old_date: str
    old_code: str | None
    reasons: tuple[str, ...]
    changes: tuple[Change, ...]


def compare(old: Report, new: Report) -> Comparison:
    """Figures first, for ratios taken within a run hold on any machine; then times."""
    reasons = tuple(_differences(old, new))
    names = [name for name in new.figures if name in old.figures]
    valid = old.validity.valid and new.validity.valid
    told = {name: valid and (not reasons or "_vs_" in name) for name in names}
    figures = [_figure(name, old, new, told[name]) for name in names]
    return Comparison(
        old_date=old.environment.date,
        old_code=old.environment.code,
        reasons=reasons,
        changes=(*figures, *_series_changes(old.series, new.series, bool(reasons))),
    )


def _differences(old: Report, new: Report) -> Iterator[str]:
    for name in _SAME:
        before, after = (getattr(run.environment, name) for run in (old, new))
        if before != after:
            yield f"{name.replace('_', ' ')}: {before} before, {after} now"
    speeds = [min(run.validity.reference_ms, default=0.0) for run in (old, new)]
    if all(speeds) and max(speeds) / min(speeds) > SAME_SPEED:
        yield f"the machine takes {speeds[1] / speeds[0]:.2f} times as long for the same work"
    if not old.validity.valid:
        yield f"the older run is invalid: {'; '.join(old.validity.reasons)}"
    if not new.validity.valid:
        yield "this run is invalid"


def _figure(name: str, old: Report, new: Report, told: bool) -> Change:
    before, after = old.figures[name], new.figures[name]
    races = [pairs for pairs in (_pairs(old, name), _pairs(new, name)) if pairs]
    low, high = _pairs_interval(*races) if len(races) == 2 else (None, None)
    if len(races) == 2 and low is None:
        told = False
    wish = _wish(name, old, new)
    return Change(
        name=name,
        unit=None,
        old=before,
        new=after,
        ratio=_ratio(before, after),
        low=low,
        high=high,
        verdict=_figure_verdict(before, after, low, high, wish) if told else "not comparable",
    )


def _pairs(run: Report, name: str) -> Pairs | None:
    return next((pairs for pairs in run.pairs if pairs.name == name), None)


def _pairs_interval(old: Pairs, new: Pairs) -> tuple[float | None, float | None]:
    if min(len(old.ours), len(new.ours)) < LEAST_COMPARED or old.ratio.mean_ratio == 0:
        return None, None
    return growth_of_pairs((old.ours, old.theirs), (new.ours, new.theirs))


def _wish(name: str, old: Report, new: Report) -> str | None:
    """Whether a budget or its being a race says in which direction a figure should go."""
    gates = [gate.kind for run in (new, old) for gate in run.gates if gate.name == name]
    if _pairs(new, name):
        return "at_least"
    return gates[0] if gates else None


def _figure_verdict(
    old: float, new: float, low: float | None, high: float | None, wish: str | None
) -> Verdict:
    if _is_same(old, new, low, high):
        return "the same"
    if low is not None:
        return "faster" if new > old else "slower"
    if wish is None:
        return "larger" if new > old else "smaller"
    return "better" if (new > old) == (wish == "at_least") else "worse"


def slowed(comparison: Comparison, ratio: float) -> tuple[Change, ...]:
    """Times that surely are so many times as long, and races that surely are so much less won."""
    return tuple(
        change
        for change in comparison.changes
        if change.verdict == "slower" and _surely_times_as_long(change) > ratio
    )


def _surely_times_as_long(change: Change) -> float:
    """The interval's near end. Of a race, which is lost where its ratio shrinks, the other one."""
    if change.low is None or change.high is None:
        return 0.0
    return change.low if change.unit else 1 / max(change.high, 1e-9)


def _series_changes(old: Sequence[Series], new: Sequence[Series], apart: bool) -> Iterator[Change]:
    before = {series.name: series for series in old}
    both = {
        series.name: (before[series.name], series)
        for series in new
        if series.name in before and series.unit == before[series.name].unit
    }
    for name, (one, other) in both.items():
        low, high = _growth(one, other)
        means = one.summary.mean, other.summary.mean
        verdict = "not comparable" if apart else _verdict(one.unit, *means, low, high)
        yield Change(
            name=name,
            unit=one.unit,
            old=means[0],
            new=means[1],
            ratio=_ratio(*means),
            low=low,
            high=high,
            verdict=verdict,
            stage=_guilty(other, both) if verdict in ("faster", "slower") else None,
        )


def _growth(old: Series, new: Series) -> tuple[float | None, float | None]:
    if min(len(old.samples), len(new.samples)) < LEAST_COMPARED or old.summary.mean == 0:
        return None, None
    return growth_interval(old.samples, new.samples)


def _verdict(unit: str, old: float, new: float, low: float | None, high: float | None) -> Verdict:
    if _is_same(old, new, low, high):
        return "the same"
    if unit in ("ms", "s"):
        # Of bytes a single sample says enough; a time is another one each time it is taken.
        if low is None:
            return "not comparable"
        return "slower" if new > old else "faster"
    return "larger" if new > old else "smaller"


def _guilty(total: Series, both: Mapping[str, tuple[Series, Series]]) -> str | None:
    """The stage whose mean moved furthest in the direction in which the total moved."""
    if total.stage != TOTAL:
        return None
    old_total, _ = both[total.name]
    way = 1 if total.summary.mean > old_total.summary.mean else -1
    moved = {
        new.stage: way * (new.summary.mean - old.summary.mean)
        for old, new in both.values()
        if new.group == total.group and new.stage not in (None, TOTAL)
    }
    furthest = max(moved, key=lambda stage: moved[stage], default=None)
    return furthest if furthest and moved[furthest] > 0 else None


def _is_same(old: float, new: float, low: float | None, high: float | None) -> bool:
    """Where there are samples, both the change and the certainty that there is one must be large
    enough; a figure without any is taken at its word once it differs by more than noise."""
    ratio = _ratio(old, new)
    if ratio is None:
        return False
    if abs(ratio - 1) <= NOTICED:
        return True
    return low is not None and high is not None and low <= 1 <= high


def _ratio(old: float, new: float) -> float | None:
    if old == 0:
        return 1.0 if new == 0 else None
    return new / old
