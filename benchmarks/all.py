"""Everything in one run: its parts one after the other, and what they found as one report."""

from __future__ import annotations

import dataclasses
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from benchmarks.report.environment import this_environment
from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Validity
from benchmarks.site import Site
from face_detect.command import FacecastError

OnStep: TypeAlias = Callable[[str, float], None]
"""Hears what a part counts ("rounds", "seconds") and how many are done."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A benchmark as a part of all."""

    name: str
    measure: Callable[[Site, OnStep], Report]
    steps: Mapping[str, float]
    """Of each thing that it counts: how many it makes."""
    expected_s: float
    """On a small machine; progress is told by it."""
    figures: tuple[str, ...] = ()
    """Those that are its own, if another part measures something of the same name."""


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    part: Part
    report: Report | None
    reasons: tuple[str, ...]
    seconds: float
    facts: Mapping[str, object] = field(default_factory=dict)


def measure_all(
    site: Site, parts: Sequence[Part], on_part: Callable[[Part], OnStep] = lambda part: _silent
) -> Report:
    """Nothing runs beside a part. One that fails leaves its reason; the others are still kept."""
    return _merge(site, [_measure(part, site, on_part(part)) for part in parts])


def _silent(what: str, done: float) -> None:
    """For those who do not want to hear of it."""


def _measure(part: Part, site: Site, on_step: OnStep) -> _Outcome:
    begun_s = time.monotonic()
    report, reasons, facts = _tried(part, site, on_step)
    return _Outcome(
        part=part,
        report=report,
        reasons=reasons,
        seconds=time.monotonic() - begun_s,
        facts=facts,
    )


def _tried(
    part: Part, site: Site, on_step: OnStep
) -> tuple[Report | None, tuple[str, ...], Mapping[str, object]]:
    try:
        report = part.measure(site, on_step)
        _check(report)
    except FacecastError as error:
        return None, (str(error),), {}
    except Exception as error:
        # A fault of ours in one part is told, and costs an hour's work of the others nothing.
        fault = f"{type(error).__name__}: {error}"
        return None, (fault,), {"fault": traceback.format_exc()}
    return report, report.validity.reasons, report.facts


def _check(report: Report) -> None:
    """Samples that say nothing are this part's fault, and not one of all that is written later."""
    for series in report.series:
        _ = series.summary
    for pairs in report.pairs:
        _ = pairs.ratio


def _merge(site: Site, outcomes: Sequence[_Outcome]) -> Report:
    done = [(outcome.part, outcome.report) for outcome in outcomes if outcome.report]
    environments = [report.environment for _, report in done] or [this_environment(None, site)]
    models = {name: kept for each in environments for name, kept in each.models.items()}
    return Report(
        benchmark="all",
        environment=dataclasses.replace(environments[0], models=models),
        validity=_validity(outcomes),
        figures=_figures(done),
        series=_series(done),
        pairs=tuple(pairs for _, report in done for pairs in report.pairs),
        facts={
            outcome.part.name: {"seconds": round(outcome.seconds, 1), **outcome.facts}
            for outcome in outcomes
        },
    )


def _validity(outcomes: Sequence[_Outcome]) -> Validity:
    """Any part's reason is a reason; of shares the worst part's."""
    seen = [outcome.report.validity for outcome in outcomes if outcome.report]
    return Validity(
        reasons=tuple(
            f"{outcome.part.name}: {reason}" for outcome in outcomes for reason in outcome.reasons
        ),
        others_share=max((each.others_share for each in seen), default=0.0),
        stolen_share=max((each.stolen_share for each in seen), default=0.0),
        reference_ms=tuple(time_ms for each in seen for time_ms in each.reference_ms),
    )


def _figures(done: Sequence[tuple[Part, Report]]) -> dict[str, float]:
    """By their names; where two parts have one of the same name, the other's says whose it is."""
    owners = {name: part.name for part, _ in done for name in part.figures}
    merged: dict[str, float] = {}
    for part, report in done:
        for name, value in report.figures.items():
            is_others = owners.get(name, part.name) != part.name
            merged[f"{part.name}_{name}" if is_others or name in merged else name] = value
    return merged


def _series(done: Sequence[tuple[Part, Report]]) -> tuple[Series, ...]:
    """A name that is taken gets its part's before it."""
    merged: dict[str, Series] = {}
    for part, report in done:
        for series in report.series:
            taken = series.name in merged
            name = f"{part.name} · {series.name}" if taken else series.name
            merged[name] = dataclasses.replace(series, name=name)
    return tuple(merged.values())
