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

    `so_far` is told after every round. Every round's net is asked about the test part when all
    courses have ended, so that nothing can be chosen by it.
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
        watch.say("every round's net on the test part")
        return _tested(found, source.judged(task.data.test, contract, watch), watch)


def _with(found: Found, course: Course) -> Found:
    return dataclasses.replace(found, courses=(*found.courses, course))


def _tested(found: Found, pictures: Judged, watch: Watch) -> Found:
    folder = found.task.folder / MODELS
    rounds = [[folder / each.record for each in course.rounds] for course in found.courses]
    models = dict.fromkeys([found.task.wanted.model, *(model for own in rounds for model in own)])
    asked = {}
    for number, model in enumerate(models, 1):
        net, contract = load(model)
        short, figures = worth(net, contract, pictures)
        asked[model] = Kept(model=model, test=short, figures=figures)
        watch.on_step(number, len(models))
    start = asked[found.task.wanted.model]
    best = [course.best for course in found.courses]
    return dataclasses.replace(
        found,
        start_kept=start,
        kept=tuple(asked[folder / each.record] if each else start for each in best),
        tested=tuple(tuple(asked[model].test for model in own) for own in rounds),
    )
