"""What has to be known of a study's verdicts and figures, in words."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from train.study.findings import ONE_SEED, ArmFindings, Findings
from train.study.table import STUCK


def notes(findings: Findings) -> Iterator[str]:
    """Arm by arm; what is so for one seed is said once for all, elsewhere."""
    yield from _recipe(findings)
    for found in findings.arms:
        for note in _of_arm(found):
            if not (note == ONE_SEED and len(findings.study.seeds) == 1):
                yield f"{found.arm.name}: {note}"


def _recipe(findings: Findings) -> Iterator[str]:
    """Nets are compared in one recipe; which of them have another?"""
    if findings.study.design != "nets":
        return
    own = {
        found.arm.name: dataclasses.replace(found.arm.plan.options, freeze=0)
        for found in findings.arms
    }
    usual = Counter(own.values()).most_common(1)[0][0]
    others = [name for name, options in own.items() if options != usual]
    yield f"One recipe for all but {', '.join(others)}" if others else "One recipe for all"


def _of_arm(found: ArmFindings) -> Iterator[str]:
    ended = {state: count for state, count in found.states.items() if state != "missing"}
    if ended and found.finished:
        words = ", ".join(f"{count} {state}" for state, count in ended.items())
        yield f"of {len(found.runs)} runs {words}; figures are of the others"
    for run in found.stuck:
        first, last = run.losses
        yield f"{STUCK} with seed {run.job.seed}: training loss {first:.2f}, in the end {last:.2f}"
    if found.versus and found.versus.note:
        yield found.versus.note
