"""What the parts of data shared before training, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from train.data.apart import Apart

OTHERS = ("the part that is held out", "the part that is validated on")


def overlap_lines(found: Sequence[Apart], others: Sequence[str] = OTHERS) -> Iterator[str]:
    """One line for each pair of parts; people where they are known, copies everywhere."""
    for each, other in zip(found, others, strict=True):
        if each.named:
            people = f"{each.people} people are in {other}, too ({each.of_people} pictures);"
        else:
            people = f"who is in a picture is not known; beside {other},"
        yield (
            f"Training: {people} {each.copies} pictures are in both, {each.exact} of them pixel for"
            " pixel. All of these were taken out of training."
        )
