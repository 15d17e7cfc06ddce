"""Self-training in several ways and with several seeds, in one folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

from lightning_fabric import Fabric

from train.alone import alone
from train.checkpoint import load
from train.pseudo.course import Course, run_course
from train.pseudo.found import Found, Kept
from train.pseudo.options import Ending, Forgetting
from train.pseudo.round import MODELS
from train.pseudo.task import Wanted, prepare
from train.pseudo.worth import worth
from train.source import Judged, Source
from train.watch import Watch


def run_pseudo(
    wanted: Wanted,
    folder: Path,
    *,
    ways: Sequence[Forgetting],
    seeds: Sequence[int],
    ending: Ending,
    fabric: Fabric,
    watch: Watch,
    source: Source | None = None,
    so_far: Callable[[Found], None] = lambda found: None,
) -> Found:
    """Seed by seed, so that every way is known a little before one is known well.

    `so_far` is told after every round. The test part is asked at the end, once for each way and
    seed: of the net that validation chose.
    """
    source = source or Source()
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        task = prepare(wanted, folder, source, watch)
        net, contract = load(wanted.model)
        start, _ = worth(net, contract, task.judged)
        watch.say(
            f"{wanted.model.name} on {start.pictures} validation pictures: accuracy"
            f" {start.accuracy:.1%}, macro F1 {start.macro_f1:.1%}"
        )
        found = Found(task=task, start=start, courses=(), ending=ending)
        plans = [(way, seed) for seed in seeds for way in ways]
        for number, (way, seed) in enumerate(plans, 1):
            watch.say(f"{way}, seed {seed}: course {number} of {len(plans)}")
            before = found

            def told(course: Course, before: Found = before) -> None:
                so_far(_with(before, course))

            course = run_course(task, way, seed, start, ending, fabric, watch, told)
            found = _with(before, course)
        return _tested(found, source.judged(task.data.test, contract, watch))


def _with(found: Found, course: Course) -> Found:
    return dataclasses.replace(found, courses=(*found.courses, course))


def _tested(found: Found, pictures: Judged) -> Found:
    kept = []
    for course in (None, *found.courses):
        best = course.best if course else None
        model = found.task.folder / MODELS / best.record if best else found.task.wanted.model
        net, contract = load(model)
        short, figures = worth(net, contract, pictures)
        kept.append(Kept(model=model, test=short, figures=figures))
    return dataclasses.replace(found, start_kept=kept[0], kept=tuple(kept[1:]))
