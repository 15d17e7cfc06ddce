"""Self-training as plain data."""

from __future__ import annotations

import dataclasses
from typing import Any

from train.code_version import code_version
from train.options import without_heads
from train.pseudo.course import Course
from train.pseudo.found import Found, Kept, Way
from train.pseudo.round import Round
from train.pseudo.worth import Worth


def rounds_json(found: Found) -> dict[str, Any]:
    """Every figure; folders are named as they lie in the study's own."""
    wanted = found.task.wanted
    best = found.best
    return {
        "model": wanted.model.name,
        "labelled": wanted.labelled.data.name,
        "unlabelled": wanted.unlabelled.data.name,
        "code": code_version(),
        "labels": list(found.task.labels),
        "pictures": found.task.data.pictures,
        "faces": len(found.task.faces),
        "left out": found.task.faces.left_out,
        "choosing": dataclasses.asdict(wanted.choosing),
        "learning": dataclasses.asdict(wanted.learning, dict_factory=without_heads),
        "ending": dataclasses.asdict(found.ending),
        "start": {
            "valid": _valid(found.start),
            "test": _test(found.start_kept),
        },
        "best": best and best.best and {"way": best.way, "seed": best.seed, **_plain(best.best)},
        "ways": [_way(way) for way in found.ways()],
        "courses": [_course(course, found, i) for i, course in enumerate(found.courses)],
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "way": way.way,
        "seeds": [course.seed for course in way.courses],
        "gains": [dataclasses.asdict(gain) for gain in way.gains],
        "test_gains": [dataclasses.asdict(gain) for gain in way.test_gains],
        "test": {key: dataclasses.asdict(value) for key, value in way.tests().items()},
    }


def _course(course: Course, found: Found, place: int) -> dict[str, Any]:
    rounds = [
        {
            **_plain(each),
            "shares": dict(zip(found.task.labels, each.picked.shares(), strict=True)),
            "gain": course.gain(each),
        }
        for each in course.rounds
    ]
    if found.tested:
        tested = zip(rounds, found.tested[place], found.test_gains(place), strict=True)
        for each, test, gain in tested:
            each |= {"test": dataclasses.asdict(test), "test_gain": gain}
    return {
        "way": course.way,
        "seed": course.seed,
        "stopped": course.stopped,
        "best": course.best.number if course.best else 0,
        "test": _test(found.kept[place] if found.kept else None),
        "rounds": rounds,
    }


def _plain(each: Round) -> dict[str, Any]:
    return each.plain() | {"valid": _valid(each.valid)}


def _valid(worth: Worth) -> dict[str, Any]:
    """Without the calibration error on pictures that nets were calibrated by."""
    return {key: value for key, value in dataclasses.asdict(worth).items() if key != "ece"}


def _test(kept: Kept | None) -> dict[str, Any] | None:
    return dataclasses.asdict(kept.test) if kept else None
