"""Everything that a run may choose. Each field is an option of `python -m train fit`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from face_detect.command import InputError

Optimizer = Literal["sgd", "adam", "adamw"]
Schedule = Literal["onecycle", "cosine", "step", "constant"]
Metric = Literal["accuracy", "macro_f1", "loss"]
FOR_HEADS: dict[str, Any] = {
    "balance_heads": 0.5,
    "head_weights": "",
    "task": None,
    "more": (),
}
"""What only a run with a task's table has, and what it is in every other."""
LATER: dict[str, Any] = {"strangers": 0.0, "parted_as": None, **FOR_HEADS}
"""Options and fields of a plan that came after runs were kept, and what those were run with."""
Precision = Literal["32-true", "bf16-mixed", "16-mixed"]


@dataclass(frozen=True)
class Option:
    """What an option means, and for numbers from where to where it goes."""

    text: str
    _: dataclasses.KW_ONLY
    least: float = 0
    most: float = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Augment:
    """How far each change may go; every one is drawn anew for every picture."""

    flip: Annotated[float, Option("chance of the mirror image", most=1)] = 0.5
    rotate: Annotated[float, Option("rotation, up to so many degrees either way", most=180)] = 12.0
    scale: Annotated[float, Option("zoom in or out by up to this share", most=0.5)] = 0.14
    shift: Annotated[float, Option("shift by up to this share of the side", most=0.5)] = 0.08
    contrast: Annotated[float, Option("contrast up or down by up to this share", most=1)] = 0.3
    brightness: Annotated[
        float, Option("brightness up or down, in units of the input's deviation", most=3)
    ] = 0.2
    hue: Annotated[
        float, Option("colour pictures: turn the hue by up to this share of the circle", most=0.5)
    ] = 0.03
    noise: Annotated[float, Option("a webcam's noise, up to this deviation", most=3)] = 0.1
    blur: Annotated[float, Option("chance of a blur such as a moving face has", most=1)] = 0.1
    jpeg: Annotated[float, Option("chance of a webcam's compression", most=1)] = 0.0
    erase: Annotated[
        float, Option("chance that a square of up to a third of the side is greyed out", most=1)
    ] = 0.25
    mixup: Annotated[
        float, Option("chance that a batch is blended with itself in another order", most=1)
    ] = 0.0
    cutmix: Annotated[
        float, Option("chance that a batch has rectangles of another picture", most=1)
    ] = 0.0

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True, kw_only=True)
class FitOptions:
    """How a net is fitted."""

    epochs: Annotated[int, Option("passes over the data", least=1)] = 40
    batch: Annotated[int, Option("pictures a step", least=1)] = 128
    accumulate: Annotated[
        int, Option("batches whose gradients are added up before a step", least=1)
    ] = 1
    optimizer: Annotated[Optimizer, Option("how weights follow gradients")] = "sgd"
    schedule: Annotated[Schedule, Option("how the learning rate moves")] = "onecycle"
    rate: Annotated[
        float,
        Option("highest learning rate; 0.1 for sgd, 0.001 to 0.003 for adam and adamw", most=100),
    ] = 0.1
    momentum: Annotated[
        float, Option("of sgd (Nesterov), and the first beta of adam and adamw", most=0.9999)
    ] = 0.9
    weight_decay: Annotated[
        float, Option("pull of the weights towards nought; 0.02 or more for adamw", most=10)
    ] = 5e-4
    clip: Annotated[float, Option("longest gradient; 0: as it comes")] = 5.0
    label_smoothing: Annotated[
        float, Option("share of every label that is spread over the others", most=0.9)
    ] = 0.1
    focal: Annotated[
        float, Option("focal loss: how much less sure answers weigh; 0: cross-entropy", most=10)
    ] = 0.0
    class_weights: Annotated[
        float, Option("loss weighs a class by its rarity to this power", most=2)
    ] = 0.0
    balance: Annotated[
        float, Option("draw a class by its rarity to this power; 1: all alike", most=2)
    ] = 0.25
    balance_heads: Annotated[
        float,
        Option(
            "several heads: draw a kind of picture, those that know the same heads, by its rarity"
            " to this power; 1: all kinds alike",
            most=2,
        ),
    ] = 0.5
    head_weights: Annotated[
        str, Option("several heads: what one's loss counts, such as emotion=2,mask=0.5; else 1")
    ] = ""
    ema: Annotated[
        float, Option("average the weights over steps with this decay, such as 0.998", most=0.99999)
    ] = 0.998
    freeze: Annotated[int, Option("leave so many first layers as they are")] = 0
    patience: Annotated[int, Option("stop after so many epochs without gain; 0: never")] = 0
    choose_by: Annotated[Metric, Option("keep the epoch that is best by this on validation")] = (
        "macro_f1"
    )
    distil: Annotated[
        float, Option("share of the loss that follows the teachers' answers", most=1)
    ] = 0.0
    distil_temperature: Annotated[
        float, Option("how much the teachers' answers are softened", least=0.1, most=100)
    ] = 2.0
    strangers: Annotated[
        float,
        Option(
            "add to every batch this share of made pictures that are no faces (0.25, say), so that"
            " the model can tell what it does not know",
            most=2,
        ),
    ] = 0.0
    precision: Annotated[Precision, Option("bf16-mixed halves the time of plain convolutions")] = (
        "32-true"
    )
    seed: Annotated[int, Option("of everything that is drawn")] = 0
    augment: Augment = dataclasses.field(default_factory=Augment)

    def __post_init__(self) -> None:
        _check(self)
        read_head_weights(self.head_weights)


def read_head_weights(text: str) -> dict[str, float]:
    """Of "emotion=2,mask=0.5" a weight for each of these heads."""
    found = {}
    for part in text.split(",") if text else ():
        head, _, number = part.rpartition("=")
        try:
            found[head.strip()] = float(number)
        except ValueError:
            found[head.strip()] = -1.0
        if not head or not 0 <= found[head.strip()] < float("inf"):
            raise InputError(f"head_weights is {text!r}, not head=number,... with numbers from 0")
    return found


def options_of(kind: type) -> Iterator[tuple[dataclasses.Field[Any], type, Option]]:
    """Each field of a class above that is an option: the field, its type, what it means."""
    hints = typing.get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        if typing.get_origin(hints[field.name]) is Annotated:
            value_type, option = typing.get_args(hints[field.name])
            yield field, value_type, option


def without_later(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """What `dataclasses.asdict` takes so that a run is the same as before such an option came."""
    return {key: value for key, value in fields if key not in LATER or value != LATER[key]}


def without_heads(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """The same for what a task's table brought, where `strangers` has been told from the first."""
    return {key: value for key, value in fields if key not in FOR_HEADS or value != FOR_HEADS[key]}


def _check(options: Augment | FitOptions) -> None:
    for field, kind, option in options_of(type(options)):
        value = getattr(options, field.name)
        if typing.get_origin(kind) is Literal:
            if value not in typing.get_args(kind):
                raise InputError(f"{field.name} is {value!r}, not one of {typing.get_args(kind)}")
        elif kind is not str and not option.least <= value <= option.most:
            bounds = f"from {option.least:g} to {option.most:g}"
            raise InputError(f"{field.name} is {value:g}, not {bounds}")
