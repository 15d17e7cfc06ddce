"""Export what is not exported yet, measure what is not measured yet, and join all of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.report.environment import this_environment
from benchmarks.report.report import Report, read_report, write_report, write_whole
from benchmarks.report.to_csv import to_csv
from benchmarks.report.to_html import to_html
from benchmarks.report.to_markdown import to_markdown
from benchmarks.report.validity import Validity
from benchmarks.study.arms import StudyArms, read_arms
from benchmarks.study.export_arms import Exports, Watching, export_arms, site_of
from benchmarks.study.measure import TurnOptions, measure_arms
from benchmarks.study.measured_by import measured_by
from benchmarks.study.study_report import study_report
from face_detect.command import InputError
from train.lock import lock

BROWSER = "browser"
"""The folder below a study's own where all of it lies."""
SAMPLES, REPORT = "samples.json", "report"
_FORMS = {"md": to_markdown, "csv": to_csv, "html": to_html}


@dataclass(frozen=True, kw_only=True)
class StudyOptions:
    """What is asked for."""

    turns: TurnOptions = field(default_factory=TurnOptions)
    only_export: bool = False
    again: bool = False
    """Measure again what was measured."""


def run_study(
    folder: Path,
    options: StudyOptions,
    watching: Watching | None = None,
    on_step: Callable[[str, float], None] = lambda part, done: None,
) -> Report:
    """Fill the study's `browser/`. Finished exports are kept, and so is a valid measurement while
    its models, code, browser and processor stay the same."""
    study = read_arms(folder)
    browser = folder / BROWSER
    browser.mkdir(exist_ok=True)
    with _alone(browser):
        exports = export_arms(study.arms, browser, watching)
        report = study_report(study, exports, _samples(study, exports, browser, options, on_step))
        write_report(browser / f"{REPORT}.json", report)
        for ending, text_of in _FORMS.items():
            write_whole(browser / f"{REPORT}.{ending}", text_of(report))
    return report


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    held = lock(folder)
    if held is None:
        raise InputError(f"{folder}: another process is at work in it")
    with held:
        yield


def _samples(
    study: StudyArms,
    exports: Exports,
    browser: Path,
    options: StudyOptions,
    on_step: Callable[[str, float], None],
) -> Report:
    """Those that were kept, or new ones."""
    sites = {
        arm.name: site_of(arm, browser)
        for arm in study.arms
        if (export := exports.done.get(arm.name)) and export.shipped
    }
    about = {
        "keys": {name: exports.done[name].key for name in sites},
        **measured_by(options.turns),
    }
    path = browser / SAMPLES
    kept = None if options.again else _kept(path, about)
    if kept is not None:
        return kept
    if options.only_export or not sites:
        here = this_environment()
        return Report(benchmark="study", environment=here, validity=Validity(), figures={})
    found = measure_arms(sites, options.turns, on_step)
    report = Report(
        benchmark=found.benchmark,
        environment=found.environment,
        validity=found.validity,
        figures={},
        series=found.series,
        facts={**found.facts, "measured": about},
    )
    write_report(path, report)
    return report


def _kept(path: Path, about: dict[str, object]) -> Report | None:
    """None where it is of something else, or says nothing."""
    if not path.is_file():
        return None
    try:
        report = read_report(path)
    except InputError:
        return None
    return report if report.validity.valid and report.facts.get("measured") == about else None
