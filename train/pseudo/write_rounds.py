"""Self-training in files: JSON for programs, HTML for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from face_detect.crop import Pixels
from train.code_version import code_version
from train.judgement_notes import share
from train.pseudo.course import Course
from train.pseudo.draw_rounds import draw_counts, draw_gains
from train.pseudo.found import Found, Kept, Spread
from train.pseudo.points import points
from train.pseudo.rounds_json import rounds_json
from train.study.render import environment
from train.study.table import Table
from train.study.write_report import write

ROUNDS, REPORT = "rounds.json", "report.html"
_TEST = {"accuracy": "test accuracy", "macro_f1": "test macro F1", "ece": "test ECE"}


def write_rounds(found: Found, folder: Path) -> None:
    """Each file whole or not at all."""
    text = json.dumps(rounds_json(found), indent=1, ensure_ascii=False, default=str)
    write(folder / ROUNDS, f"{text}\n".encode())
    write(folder / REPORT, _render(found).encode())


def ways_table(found: Found) -> Table:
    """MODEL, and each way on both parts, alike for a terminal and for HTML."""
    ways = list(found.ways())
    longest = max((len(way.gains) for way in ways), default=0)
    titles = ("against forgetting", "seeds", "part", *(f"round {i + 1}" for i in range(longest)))
    rows = []
    if found.start_kept is not None:
        rows.append(("MODEL", "", "test", *[""] * longest, *_model_tests(found.start_kept)))
    for way in ways:
        empty = [""] * (len(_TEST) if way.kept else 0)
        of = (way.way, str(len(way.courses)))
        rows.append((*of, "validation", *_points(way.gains, longest), *empty))
        if way.kept:
            tests = way.tests()
            shared = (_shared(tests[key]) for key in _TEST)
            rows.append((*of, "test", *_points(way.test_gains, longest), *shared))
    return Table(titles=(*titles, *(_TEST.values() if found.kept else ())), rows=tuple(rows))


def _model_tests(kept: Kept) -> Sequence[str]:
    return [share(getattr(kept.test, key)) for key in _TEST]


def _points(gains: Sequence[Spread], longest: int) -> list[str]:
    """Of macro F1, over MODEL; an empty cell for each round that no course came to."""
    texts = [
        points(gain.mean) + (f" ±{100 * gain.sd:.1f}" if gain.sd is not None else "")
        for gain in gains
    ]
    return [*texts, *([""] * (longest - len(texts)))]


def _shared(spread: Spread) -> str:
    text = share(spread.mean)
    return f"{text} ±{100 * spread.sd:.1f}" if spread.sd is not None else text


def _render(found: Found) -> str:
    pages = environment(Path(__file__).parent)
    pages.filters["percent"] = share
    wanted, shown = found.task.wanted, found.best or found.courses[0]
    return pages.get_template("rounds.html.j2").render(
        found=found,
        model=wanted.model.name,
        labelled=wanted.labelled.data.name,
        unlabelled=wanted.unlabelled.data.name,
        choosing=wanted.choosing,
        learning=wanted.learning,
        pictures=found.task.data.pictures,
        labels=found.task.labels,
        code=code_version(),
        table=ways_table(found),
        gains=draw_gains(found),
        shown=shown,
        counts=draw_counts(shown, found.task.labels),
        sheets=[_sheet(found, shown, number) for number in range(len(shown.rounds))],
    )


def _sheet(found: Found, course: Course, number: int) -> list[tuple[str, str, list[Pixels]]]:
    """Of one round: a row of faces for each label, and one of those refused in doubt."""
    picked = course.rounds[number].picked
    shares = picked.shares()
    pixels = found.task.faces.pixels
    rows = [
        (
            label,
            f"{picked.taken[i]} taken, {share(shares[i])}",
            [pixels[place] for place in picked.shown[i]],
        )
        for i, label in enumerate(found.task.labels)
        if picked.shown[i]
    ]
    if picked.shown_doubted:
        faces = [pixels[place] for place in picked.shown_doubted]
        rows.append(("refused", f"{sum(picked.doubted)}: passes disagree", faces))
    return rows
