"""Which pictures of a dataset a model is judged on, and whether training may have seen them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, cast

from face_detect.command import InputError
from train.data.dataset import Dataset
from train.data.open_dataset import open_dataset, part_of
from train.data.reading import Reading
from train.data.splits import split_name

Part = Literal["test", "private", "valid", "train", "held out by fit", "held back by fit", "all"]
HELD_OUT, HELD_BACK = "held_out.txt", "held_back.txt"
"""In a model's folder: the names of the pictures, one a line, that `fit` held out by its seed to
report on, and of those that it held back to choose by; of several data as `data_and_name` writes
them."""
_OF = "//"
_SAME_DATA = 0.5
"""Data that lack more of these names (corrections may drop a few) are other data."""


def judged_part(
    data: Path,
    asked: str | None = None,
    *,
    models: Sequence[Path] = (),
    reading: Reading | None = None,
) -> tuple[Dataset, Part]:
    """The part that was asked for, or the one that none of the models was likely trained on."""
    to_choose = asked is not None and split_name(asked) == "valid"
    whole = asked == "all" or to_choose
    dataset = open_dataset(data, None if whole else asked, reading=reading)
    if asked == "all":
        return dataset, "all"
    if to_choose:
        if (own := held_back(dataset, models)) is not None:
            return own, "held back by fit"
        if {record.split for record in dataset.records} == {None} and _held_out(dataset, models):
            raise InputError(
                f"{data}: has no part to choose by: what the model's fit held out is what it is"
                " judged by, and the model does not tell what it held back"
            )
        dataset = part_of(dataset, data, "valid")
    parts = {record.split for record in dataset.records}
    # Of a part to judge by that is all there is, `fit` holds some out, too.
    if len(parts) == 1 and (own := _held_out(dataset, models)):
        return own, "held out by fit"
    if parts == {None}:
        return dataset, "all"
    part = next((part for part in ("test", "valid") if part in parts), None)
    if part is None:
        return dataset, cast(Part, parts.pop()) if len(parts) == 1 else "all"
    kept = tuple(record for record in dataset.records if record.split == part)
    return dataclasses.replace(dataset, records=kept), cast(Part, part)


def held_back(dataset: Dataset, models: Sequence[Path]) -> Dataset | None:
    """What all the models' fits held back to choose by; None where the data have a valid part of
    their own beside one to report on, or no model tells of them."""
    if {"valid", "test"} <= {record.split for record in dataset.records}:
        return None
    names = {model: of_these_data(dataset, held_back_names(model)) for model in models}
    if not any(names.values()):
        return None
    # Others may have learned from what these held back.
    for model, own in names.items():
        if not own:
            raise InputError(
                f"{model}: does not tell which pictures of {dataset.name} its fit held back"
                f" ({HELD_BACK}), as {' and '.join(str(x) for x in names if names[x])} does"
            )
    return _of_all(dataset, names, "back")


def held_out_names(model: Path) -> frozenset[str]:
    """What `fit` wrote beside the weights; nothing where the data had parts of their own."""
    return _names(_folder(model) / HELD_OUT)


def held_back_names(model: Path) -> frozenset[str]:
    """What `fit` chose the best epoch by; nothing where that is not told."""
    return _names(_folder(model) / HELD_BACK)


def _folder(model: Path) -> Path:
    """Of a model, or that in which a file of weights lies."""
    return model.parent if model.is_file() else model


def _names(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    return frozenset(lines) - {""}


def data_and_name(data: str, name: str) -> str:
    """What a model of several data remembers of a picture: no path has two strokes in it."""
    return f"{data}{_OF}{name}"


def trained_on(dataset: Dataset, held_out: frozenset[str]) -> bool:
    """Whether these are the data, without parts, that `fit` held pictures out of."""
    return bool(of_these_data(dataset, held_out))


def of_these_data(dataset: Dataset, held: frozenset[str]) -> frozenset[str]:
    """The names of what `fit` held out of these data, or back; none of other data."""
    own = _of(dataset, held)
    names = own & {record.name for record in dataset.records}
    return own if len(names) >= _SAME_DATA * len(own) else frozenset()


def _of(dataset: Dataset, held: frozenset[str]) -> frozenset[str]:
    """The names without their data's; of several data that a model was fitted to those that these
    have the most of: files may have been named anew."""
    groups: dict[str, set[str]] = {}
    for line in held:
        data, _, name = line.rpartition(_OF)
        groups.setdefault(data, set()).add(name)
    names = {record.name for record in dataset.records}
    shares = {data: len(group & names) / len(group) for data, group in groups.items()}
    likest = max(
        shares,
        key=lambda data: (data == dataset.name and shares[data] >= _SAME_DATA, shares[data]),
        default="",
    )
    return frozenset(groups.get(likest, ()))


def _held_out(dataset: Dataset, models: Sequence[Path]) -> Dataset | None:
    """What all models that were fitted to these data held out; None where none was."""
    names = {model: of_these_data(dataset, held_out_names(model)) for model in models}
    fitted = {model: own for model, own in names.items() if own}
    return _of_all(dataset, fitted, "out") if fitted else None


def _of_all(dataset: Dataset, names: Mapping[Path, frozenset[str]], where: str) -> Dataset:
    """The pictures that each of the models held out, or back."""
    shared = frozenset.intersection(*names.values())
    kept = tuple(record for record in dataset.records if record.name in shared)
    if not kept:
        fits = " and ".join(str(model) for model in names)
        raise InputError(
            f"{dataset.name}: no picture was held {where} in the fits of all of {fits}; they parted"
            " these data otherwise (--valid, --split-seed)"
        )
    return dataclasses.replace(dataset, records=kept)
