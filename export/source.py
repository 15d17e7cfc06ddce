"""Where a model comes from: our own weights, or an ONNX file that was never ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from torch import nn

from export.drift import Outputs
from export.options import Options
from export.runners import Tensor, run_onnx, run_torch
from export.to_onnx import to_onnx
from face_detect.command import InputError
from train.checkpoint import load
from train.contract import Contract


class Source(Protocol):
    """A net that can be written as ONNX and asked itself."""

    @property
    def contract(self) -> Contract: ...
    @property
    def card(self) -> Path | None: ...
    def write_onnx(self, path: Path) -> None: ...
    def answer(self, nhwc: Tensor) -> Outputs: ...


@dataclass(frozen=True, kw_only=True)
class TorchSource:
    """`models/NAME/`, loaded and checked."""

    net: nn.Module
    contract: Contract
    card: Path | None

    def write_onnx(self, path: Path) -> None:
        to_onnx(self.net, self.contract, path)

    def answer(self, nhwc: Tensor) -> Outputs:
        return run_torch(self.net, nhwc, self.contract.input.layout)


@dataclass(frozen=True, kw_only=True)
class OnnxSource:
    """Somebody's ONNX file; onnxruntime on it, untouched, is the reference."""

    path: Path
    contract: Contract
    card: Path | None = None

    def write_onnx(self, path: Path) -> None:
        from export.foreign import adopt

        adopt(self.path, self.contract, path)

    def answer(self, nhwc: Tensor) -> Outputs:
        return run_onnx(self.path, nhwc, self.contract.input.layout)


def open_sources(options: Options) -> list[Source]:
    """Every model of an export, so that bad input is found before any work is done."""
    found: list[Source] = [_torch_source(folder) for folder in options.models]
    if options.onnx is not None and options.contract is not None:
        if not options.onnx.is_file():
            raise InputError(f"{options.onnx}: is not a file")
        found.append(OnnxSource(path=options.onnx, contract=Contract.read(options.contract)))
    names = [source.contract.name for source in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two models are named {name!r} in their contracts")
        if not name or name != Path(name).name or name.startswith("."):
            raise InputError(
                f"a contract names its model {name!r}, which cannot be a folder's name"
            )
    return found


def _torch_source(folder: Path) -> Source:
    net, contract = load(folder)
    card = folder / "card.md"
    return TorchSource(net=net, contract=contract, card=card if card.is_file() else None)
