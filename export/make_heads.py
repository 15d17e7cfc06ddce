"""The heads of a net that was never ours: what its outputs tell, and with which labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from export.runners import Tensor
from face_detect.command import InputError
from train.contract import Head

Ask = Callable[[str], str]


def make_heads(path: Path, widths: Mapping[str, int], ask: Ask) -> tuple[Head, ...]:
    """Ask for one head for each output of so many numbers."""
    for output, width in widths.items():
        if width < 2:
            raise InputError(
                f"{path}: output {output!r} has {width} number; a head needs one for each label,"
                " and at least two"
            )
    return tuple(_asked(output, width, ask) for output, width in widths.items())


def check_heads(path: Path, heads: Sequence[Head], answers: Mapping[str, Tensor]) -> None:
    """Refuse heads that are not those of the outputs, one or more of each and in their order."""
    widths = {name: answer.shape[1] for name, answer in answers.items()}
    ends = list(accumulate(len(head.labels) for head in heads))
    borders = list(accumulate(widths.values()))
    if set(borders) <= set(ends) and borders[-1] == ends[-1]:
        return
    if len(borders) == 1:
        raise InputError(
            f"{path}: answers with {borders[0]} numbers, and {ends[-1]} labels are named"
        )
    said = ", ".join(f"{name!r} {width}" for name, width in widths.items())
    named = ", ".join(f"{head.name!r} {len(head.labels)}" for head in heads)
    raise InputError(
        f"{path}: its outputs have so many numbers: {said}; its heads so many labels: {named};"
        " each output has to be one head or more, in the same order"
    )


def parse_labels(text: str) -> tuple[str, ...]:
    """With semicolons between where there are any, for then a label may hold a comma."""
    parts = text.split(";" if ";" in text else ",")
    return tuple(part.strip() for part in parts if part.strip())


def parse_head(text: str) -> Head:
    """`NAME=LABEL,LABEL`; ValueError says what is wrong."""
    name, _, labels = text.partition("=")
    if not name.strip() or not labels.strip():
        raise ValueError(f"{text!r} is not NAME=LABEL,LABEL")
    return Head(name=name.strip(), labels=parse_labels(labels))


def _asked(output: str, width: int, ask: Ask) -> Head:
    name = ask(f"What its output {output!r} of {width} numbers tells, such as gender: ")
    complaint = ""
    while True:
        question = f"{complaint}Its {width} labels in that order, with commas between: "
        labels = parse_labels(ask(question))
        if len(labels) == width:
            return Head(name=name.strip() or output, labels=labels)
        complaint = f"({len(labels)} are not {width}) "
