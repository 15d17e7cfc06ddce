"""The one truth about a model: what goes in, what comes out, and how faces are framed.

`fit` writes it beside the weights, the export carries it, and the page reads it. The TypeScript
type in `web/src/core/contract.ts` is generated from these classes (`python -m export types`).
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from face_detect.command import InputError
from face_detect.crop import MOST_SCALE, CropRule
from face_detect.second_look import SecondLook

VERSION = 1
FER_LABELS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


OPTIONAL = frozenset({"familiar_above", "sequence"})
"""Fields that files have only where they are set: they came after contracts were about."""


class ContractError(InputError):
    """A contract that cannot be read, or that contradicts itself or its weights."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """One question that the net answers, in consecutive columns of the net's output."""

    name: str
    labels: tuple[str, ...]
    temperature: float = 1.0
    """Logits are divided by this before the softmax; fitted on validation."""
    uncertain_below: float = 0.0
    """An answer whose best probability is lower is shown as "uncertain"."""
    familiar_above: float | None = None
    """A face whose energy (`train.familiarity`) is not higher is shown as unfamiliar; None: nothing
    is said of that. The file has the field only where it is set."""


@dataclass(frozen=True, kw_only=True)
class State:
    """A tensor that a net with a memory hands from one frame to the next."""

    name: str
    shape: tuple[int, ...]
    reset: Literal["clip", "face"]


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """A small net behind this one that follows a face from answer to answer.

    It takes one row: `head`'s calibrated probabilities, the seconds since the face's last answer
    (0 for the first), and the states; it gives a row of new states, of which the first is the
    answer. A face begins with states of zeroes.
    """

    head: str
    states: tuple[State, ...]
    longest_gap_s: float
    """After a longer gap, or when time runs backwards, a face begins anew."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """The tensor that the net takes: (pixel / 255 − mean) / std, one mean and std per channel."""

    size: int
    channels: Literal["grey", "rgb"] = "rgb"
    grey_formula: Literal["bt601"] = "bt601"
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    layout: Literal["nchw", "nhwc"] = "nchw"
    """Of the net that was trained. The graph in the browser is always NHWC."""
    states: tuple[State, ...] = ()

    @property
    def depth(self) -> int:
        return 1 if self.channels == "grey" else 3


@dataclass(frozen=True, kw_only=True)
class Crop:
    """Which detector finds the face, and how its box is framed."""

    detector: Literal["tiny", "haar"] = "tiny"
    detector_size: int = 416
    second_look: SecondLook = field(default_factory=SecondLook)
    rule: CropRule = field(default_factory=CropRule)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the weights come from and what they earned."""

    data: str = "unknown"
    seed: int | None = None
    code: str = "unknown"
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Contract:
    """Everything that has to travel with a model."""

    name: str
    net: str
    """An architecture of `train.nets`, or "onnx" for a net that was never ours."""
    heads: tuple[Head, ...]
    input: Input
    output: Literal["logits", "probabilities"] = "logits"
    crop: Crop = field(default_factory=Crop)
    origin: Origin = field(default_factory=Origin)
    sequence: Sequence | None = None
    version: int = VERSION

    def __post_init__(self) -> None:
        _check(self)

    @property
    def outputs(self) -> int:
        """Columns of the net's output: all heads' labels, side by side."""
        return sum(len(head.labels) for head in self.heads)

    def head_slices(self) -> list[tuple[Head, slice]]:
        """Each head with its columns of the net's output."""
        slices, start = [], 0
        for head in self.heads:
            slices.append((head, slice(start, start + len(head.labels))))
            start += len(head.labels)
        return slices

    def to_json(self) -> str:
        """The file's text; equal contracts give equal bytes."""
        document = dataclasses.asdict(self, dict_factory=without_unset)
        return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    def write(self, path: Path) -> None:
        """Write the file whole or not at all."""
        aside = path.with_name(f".{path.name}.new")
        aside.write_text(self.to_json(), encoding="utf-8")
        aside.replace(path)

    @classmethod
    def read(cls, path: Path) -> Contract:
        """Read and check; every complaint names the file and the field."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ContractError(f"{path}: cannot be read ({error.strerror})") from error
        except ValueError as error:
            raise ContractError(f"{path}: is not JSON ({error})") from error
        try:
            return typing.cast(Contract, _build(cls, document, "contract"))
        except ContractError as error:
            raise ContractError(f"{path}: {error}") from error


def _check(contract: Contract) -> None:
    if contract.version != VERSION:
        raise ContractError(f"version is {contract.version}, this code reads {VERSION}")
    if not contract.heads:
        raise ContractError("heads is empty")
    for head in contract.heads:
        if len(head.labels) < 2 or len(set(head.labels)) != len(head.labels):
            raise ContractError(f"head {head.name!r} needs at least two labels, each once")
        if not head.temperature > 0:
            raise ContractError(
                f"head {head.name!r} has temperature {head.temperature}, not above 0"
            )
        if head.familiar_above is not None and contract.output != "logits":
            raise ContractError(
                f"head {head.name!r} has familiar_above, but the net does not answer with logits"
            )
    names = [head.name for head in contract.heads]
    if "" in names or len(set(names)) != len(names):
        raise ContractError(f"heads are named {names}, each needs a name of its own")
    if contract.sequence is not None:
        _check_sequence(contract.sequence, contract.heads)
    _within("input.size", contract.input.size, 1, 2048)
    _within("crop.rule.scale", contract.crop.rule.scale, 0.1, MOST_SCALE)
    _within("crop.second_look.factor", contract.crop.second_look.factor, 1, MOST_SCALE)
    for key in ("mean", "std"):
        values = getattr(contract.input, key)
        if len(values) != contract.input.depth:
            raise ContractError(
                f"input.{key} has {len(values)} values for {contract.input.depth} channel(s)"
            )
    if any(value <= 0 for value in contract.input.std):
        raise ContractError("input.std holds a value that is not above 0")


def _check_sequence(sequence: Sequence, heads: tuple[Head, ...]) -> None:
    """Python and the page lay its row by this; what they do not read is not let pass, either."""
    labels = {head.name: len(head.labels) for head in heads}
    if sequence.head not in labels:
        raise ContractError(f"sequence.head is {sequence.head!r}, not one of {list(labels)}")
    shapes = [state.shape for state in sequence.states]
    answer, *memory = shapes or [()]
    if answer != (labels[sequence.head],) or len(memory) != 1:
        raise ContractError(
            f"sequence.states have the shapes {shapes}, not [({labels[sequence.head]},), (units,)]:"
            " the answer, then the memory"
        )
    if len(memory[0]) != 1 or memory[0][0] < 1:
        raise ContractError(f"sequence.states: the memory has the shape {memory[0]}, not (units,)")
    for state in sequence.states:
        if state.reset != "face":
            raise ContractError(f"sequence.states: {state.name!r} is not reset with every face")
    if not sequence.longest_gap_s >= 0:
        raise ContractError(f"sequence.longest_gap_s is {sequence.longest_gap_s}, not 0 or more")


def without_unset(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """What `dataclasses.asdict` takes to leave out optional fields that are not set."""
    return {key: value for key, value in fields if value is not None or key not in OPTIONAL}


def _within(field_name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise ContractError(f"{field_name} is {value}, not from {least:g} to {most:g}")


def _build(kind: Any, value: Any, where: str) -> Any:
    """Turn parsed JSON into `kind`, refusing what does not fit."""
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(typing.cast(type, kind), value, where)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        if value not in arguments:
            raise ContractError(f"{where} is {value!r}, not one of {list(arguments)}")
        return value
    if origin is types.UnionType:
        return None if value is None else _build(arguments[0], value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ContractError(f"{where} is not a list")
        return tuple(_build(arguments[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if origin is dict:
        if not isinstance(value, dict):
            raise ContractError(f"{where} is not an object")
        return {key: _build(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ContractError(f"{where} is {value}, not a finite number")
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ContractError(f"{where} is {value!r}, not a {kind.__name__}")
    return value


def _build_dataclass(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ContractError(f"{where} is not an object")
    hints = typing.get_type_hints(kind)
    known = {item.name: item for item in dataclasses.fields(kind)}
    for key in value:
        if key not in known:
            raise ContractError(f"{where}.{key} is not a field of the contract")
    for name, item in known.items():
        required = (
            item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        )
        if required and name not in value:
            raise ContractError(f"{where}.{name} is missing")
    built = {key: _build(hints[key], item, f"{where}.{key}") for key, item in value.items()}
    return kind(**built)
