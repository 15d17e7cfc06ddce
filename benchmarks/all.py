"""Everything in one run: its parts one after the other, and what they found as one report."""

from __future__ import annotations

import dataclasses
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from benchmarks.report.environment import this_environment
from benchmarks.report.report import Report
from benchmarks.report.validity import Validity
from benchmarks.site import Site
from face_detect.command import FacecastError

PAGE_MODEL = "emotion-slim"
"""Whose page it is that the figures of camera and first visit tell of."""
_OF_PAGE_MODEL = ("camera_", "first_")
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
    report = _merge(site, [_measure(part, site, on_part(part)) for part in parts])
    return _without_others(report, site.contract.name)


def nothing_measured(reason: str) -> Report:
    """Where there is no site to measure: a report that says so."""
    return Report(
        benchmark="all",
        environment=this_environment(),
        validity=Validity(reasons=(reason,)),
        figures={},
    )


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
    done = {outcome.part.name: outcome.report for outcome in outcomes if outcome.report}
    reports = list(done.values())
    environments = [report.environment for report in reports] or [this_environment(None, site)]
    models = {name: kept for each in environments for name, kept in each.models.items()}
    return Report(
        benchmark="all",
        environment=dataclasses.replace(environments[0], models=models),
        validity=_validity(outcomes, (*_backends_apart(done), *_told_twice(reports))),
        figures={name: value for report in reports for name, value in report.figures.items()},
        series=tuple(series for report in reports for series in report.series),
        pairs=tuple(pairs for report in reports for pairs in report.pairs),
        facts={outcome.part.name: _facts(outcome) for outcome in outcomes},
    )


def _facts(outcome: _Outcome) -> dict[str, object]:
    """A part's own, how long it took, and what its nets ran on, where it tells."""
    backend = outcome.report.environment.backend if outcome.report else None
    return {"seconds": round(outcome.seconds, 1), "backend": backend, **outcome.facts}


def _backends_apart(done: Mapping[str, Report]) -> Iterator[str]:
    """A page that fell back to a slower backend must not pass for the one beside the peers."""
    backends = {name: report.environment.backend for name, report in done.items()}
    known = {name: backend for name, backend in backends.items() if backend}
    if len(set(known.values())) > 1:
        told = ", ".join(f"{name} on {backend}" for name, backend in known.items())
        yield f"the parts ran on different backends: {told}"


def _told_twice(reports: Sequence[Report]) -> Iterator[str]:
    """Of two with one name the report would keep, or compare, only one."""
    counts = Counter(name for report in reports for name in _names(report))
    yield from (f"{name} is of more than one part" for name, count in counts.items() if count > 1)


def _names(report: Report) -> Iterator[str]:
    yield from report.figures
    yield from (series.name for series in report.series)


def _without_others(report: Report, model: str) -> Report:
    """Another model's figures must not pass for those that have bounds and stand in tables."""
    kept = {
        name: value
        for name, value in report.figures.items()
        if model == PAGE_MODEL or not name.startswith(_OF_PAGE_MODEL)
    }
    if len(kept) == len(report.figures):
        return report
    reason = f"camera_* and first_* are of {PAGE_MODEL}, and the site's default model is {model}"
    validity = dataclasses.replace(report.validity, reasons=(*report.validity.reasons, reason))
    return dataclasses.replace(report, figures=kept, validity=validity)


def _validity(outcomes: Sequence[_Outcome], between: Sequence[str]) -> Validity:
    """Any part's reason is a reason, and any `between` them; of shares the worst part's."""
    seen = [outcome.report.validity for outcome in outcomes if outcome.report]
    return Validity(
        reasons=(
            *(f"{each.part.name}: {reason}" for each in outcomes for reason in each.reasons),
            *between,
        ),
        others_share=max((each.others_share for each in seen), default=0.0),
        stolen_share=max((each.stolen_share for each in seen), default=0.0),
        reference_ms=tuple(time_ms for each in seen for time_ms in each.reference_ms),
    )
