"""Everything that a run may choose. Each field is an option of `python -m train fit`."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Annotated, Literal

Optimizer = Literal["sgd", "adam", "adamw"]
Schedule = Literal["onecycle", "cosine", "step", "constant"]
Metric = Literal["accuracy", "macro_f1", "loss"]
Precision = Literal["32-true", "bf16-mixed", "16-mixed"]


@dataclass(frozen=True, kw_only=True)
class Augment:
    """How far each change may go; every one is drawn anew for every picture."""

    flip: Annotated[float, "chance of the mirror image"] = 0.5
    rotate: Annotated[float, "rotation, up to so many degrees either way"] = 12.0
    scale: Annotated[float, "zoom in or out by up to this share"] = 0.12
    shift: Annotated[float, "shift by up to this share of the side"] = 0.08
    contrast: Annotated[float, "contrast up or down by up to this share"] = 0.3
    brightness: Annotated[float, "brightness up or down, in units of the input's deviation"] = 0.2
    hue: Annotated[float, "colour pictures: turn the hue by up to this share of the circle"] = 0.03
    noise: Annotated[float, "a webcam's noise, up to this deviation"] = 0.0
    blur: Annotated[float, "chance of a blur such as a moving face has"] = 0.0
    jpeg: Annotated[float, "chance of a webcam's compression"] = 0.0
    erase: Annotated[float, "chance that a square of up to a third of the side is greyed out"] = (
        0.25
    )
    mixup: Annotated[float, "chance that a batch is blended with itself in another order"] = 0.0
    cutmix: Annotated[float, "chance that a batch has rectangles of another picture"] = 0.0


@dataclass(frozen=True, kw_only=True)
class FitOptions:
    """How a net is fitted."""

    epochs: Annotated[int, "passes over the data"] = 14
    batch: Annotated[int, "pictures a step"] = 128
    accumulate: Annotated[int, "batches whose gradients are added up before a step"] = 1
    optimizer: Annotated[Optimizer, "how weights follow gradients"] = "adamw"
    schedule: Annotated[Schedule, "how the learning rate moves"] = "onecycle"
    rate: Annotated[float, "highest learning rate; sgd wants ten to fifty times more"] = 2e-3
    momentum: Annotated[float, "of sgd (Nesterov), and the first beta of adam and adamw"] = 0.9
    weight_decay: Annotated[float, "pull of the weights towards nought; sgd wants less"] = 0.02
    clip: Annotated[float, "longest gradient; 0: as it comes"] = 5.0
    label_smoothing: Annotated[float, "share of every label that is spread over the others"] = 0.1
    focal: Annotated[float, "focal loss: how much less sure answers weigh; 0: cross-entropy"] = 0.0
    class_weights: Annotated[float, "loss weighs a class by its rarity to this power"] = 0.0
    balance: Annotated[float, "draw a class by its rarity to this power; 1: all alike"] = 0.0
    ema: Annotated[float, "average the weights over steps with this decay, such as 0.998"] = 0.0
    freeze: Annotated[int, "leave so many first layers as they are"] = 0
    patience: Annotated[int, "stop after so many epochs without gain; 0: never"] = 0
    choose_by: Annotated[Metric, "keep the epoch that is best by this on validation"] = "macro_f1"
    distil: Annotated[float, "share of the loss that follows the teachers' answers"] = 0.0
    distil_temperature: Annotated[float, "how much the teachers' answers are softened"] = 2.0
    precision: Annotated[Precision, "bf16-mixed halves the time of plain convolutions"] = "32-true"
    seed: Annotated[int, "of everything that is drawn"] = 0
    augment: Augment = dataclasses.field(default_factory=Augment)
