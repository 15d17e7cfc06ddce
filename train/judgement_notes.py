"""What has to be said beside a judgement's figures, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from train.assess import Assessment
from train.evaluate import Evaluation
from train.judged_part import Part

PART_NOTES: Mapping[Part, str] = {
    "test": "the test part",
    "private": "the private test part",
    "valid": "the valid part, by which the model may have been chosen or calibrated",
    "train": "the train part, from which models learn: no evidence of what this one is worth",
    "held out by fit": "the part that fit held out by its seed",
    "held back by fit": "the part that fit held back by its seed, by which the model was chosen and"
    " calibrated",
    "all": "all pictures; training may have seen them",
}

SURE_SHARE = 0.8
"""The coverage that is told of in words."""


def looked_at(nets: str) -> str:
    """For the card of a net among several that were judged on its pictures."""
    return (
        f"{nets} was judged on these pictures, and its figures stood beside the choice of this one,"
        " which was made by validation."
    )


def found_note(found: Assessment) -> str:
    """Which pictures have no say in calibration and skew; empty where all have."""
    if not found.missed:
        return ""
    return (
        f"Calibration, skew and examples are of the {found.skew.pictures} faces that were found;"
        f" in {found.missed} of {found.figures.pictures} pictures none was."
    )


def uncertain_share(found: Assessment) -> str:
    """The share of "uncertain", and of a head that tells how much of it is for strange faces."""
    if found.unfamiliar is None:
        return f"{found.uncertain:.1%}"
    return f"{found.uncertain:.1%} ({found.unfamiliar:.1%} as unfamiliar)"


def coverage_note(found: Assessment) -> str:
    """What answering only the surest would bring; empty where no face was found."""
    some, everything = found.selective.at(SURE_SHARE), found.selective.at(1)
    if some is None or everything is None:
        return ""
    gain = 100 * (some.accuracy - everything.accuracy)
    return (
        f"The surest {some.coverage:.0%} of the answers (from {some.least:.1%}): accuracy"
        f" {some.accuracy:.1%}, macro F1 {some.macro_f1:.1%}, {gain:+.1f} points over all. Area"
        f" under accuracy against coverage {found.selective.accuracy_area:.1%}, macro F1"
        f" {found.selective.macro_f1_area:.1%}"
    )


def macro_note(figures: Evaluation) -> str:
    """What the macro figures are means over."""
    note = "Macro figures are means over the labels that have pictures"
    missing = [label for label, count in figures.support.items() if not count]
    if not missing:
        return f"{note}."
    return (
        f"{note}, which {' and '.join(missing)} {'has' if len(missing) == 1 else 'have'} not;"
        " scikit-learn would count such a label as 0 where it is predicted."
    )


def share(value: float | None, digits: int = 1) -> str:
    """In percent; a dash where nothing is known."""
    return "–" if value is None else f"{100 * value:.{digits}f}%"
