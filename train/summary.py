"""A judgement in a few lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from train.assess import Assessment
from train.gaps import gaps
from train.judge import Judgement
from train.judgement_notes import (
    PART_NOTES,
    coverage_note,
    found_note,
    macro_note,
    share,
    uncertain_share,
)
from train.skew import Skew
from train.stability import CHANGES, Stability, StableSlice


def summary(judgement: Judgement) -> Iterator[str | Table]:
    """Lines and tables; accuracy never comes without macro F1."""
    yield (
        f"{judgement.contract.name} on {judgement.data}: {judgement.pictures} pictures,"
        f" framing {judgement.framing}"
    )
    yield f"Judged on {PART_NOTES[judgement.part]}"
    for kind, count in judgement.problems.items():
        yield f"{count} × {kind}"
    for item in judgement.heads:
        yield from _assessment(item.assessment)
        if item.unlabelled:
            yield f"{item.unlabelled} pictures have no label that the head knows, and do not count"
    for item in judgement.derived:
        yield "\nAs it follows from these answers:"
        yield from _assessment(item.assessment)
    for found in judgement.stabilities:
        yield f"\n{found.head.name}: no labels in these data, so how stable the answers are instead"
        yield _stability(found)
        for gap in gaps(found.slices):
            yield f"Stability by {gap.sentence()}"


def _assessment(found: Assessment) -> Iterator[str | Table]:
    figures, (low, high) = found.figures, found.interval
    yield (
        f"\n{found.head.name}: accuracy {figures.accuracy:.1%} ({low:.1%}–{high:.1%}),"
        f" macro F1 {figures.macro_f1:.1%}, macro recall {figures.macro_recall:.1%}"
    )
    table = _table("label", "pictures", "recall", "precision", "F1")
    for label in found.head.labels:
        values = (figures.recall, figures.precision, figures.f1)
        table.add_row(label, str(figures.support[label]), *(share(each[label]) for each in values))
    yield table
    if not all(figures.support.values()):
        yield macro_note(figures)
    yield _skew(found.skew)
    yield found.skew.verdict
    if found.missed:
        yield found_note(found)
    yield (
        f"Calibration error {found.after.ece:.1%}"
        f" ({found.before.ece:.1%} before the temperature of {found.head.temperature:g})"
    )
    yield (
        f'"Uncertain" {uncertain_share(found)}; of the rest, accuracy'
        f" {found.certain.accuracy:.1%} and macro F1 {found.certain.macro_f1:.1%}"
    )
    if note := coverage_note(found):
        yield note
    for gap in gaps(found.slices):
        yield f"Accuracy by {gap.sentence()}"


def _skew(found: Skew) -> Table:
    table = _table("label", "said", "true", "ratio", "95% interval", "")
    for item in found.labels:
        low_high = item.ratio_interval
        table.add_row(
            item.label,
            share(item.predicted_share),
            share(item.true_share),
            "–" if item.ratio is None else f"{item.ratio:.2f}",
            "–" if low_high is None else "–".join(f"{end:.2f}" for end in low_high),
            "" if item.verdict == "as often as true" else item.verdict,
        )
    return table


def _stability(found: Stability) -> Table:
    table = _table("", "", "pictures", "found", *CHANGES, "all", "unsure")
    for part in (found.whole, *found.slices):
        table.add_row(part.attribute, part.value, *_stable(part))
    return table


def _stable(part: StableSlice) -> Iterator[str]:
    yield str(part.pictures)
    shares = (part.found, *(part.agreement[name] for name in CHANGES), part.steady, part.uncertain)
    yield from map(share, shares)


def _table(*titles: str) -> Table:
    table = Table(box=None, header_style="dim")
    for i, title in enumerate(titles):
        table.add_column(title, justify="left" if i == 0 or not title else "right")
    return table
