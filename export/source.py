"""Where a model comes from: our own weights, or an ONNX file that was never ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from torch import nn

from export.drift import Outputs
from export.options import Options
from export.runners import Tensor, run_onnx, run_torch
from export.to_onnx import to_onnx
from face_detect.command import InputError
from train.checkpoint import CONTRACT, load
from train.contract import Contract
from train.sequence.checkpoint import load_head
from train.sequence.sequence_head import SequenceHead

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


class Source(Protocol):
    """A net that can be written as ONNX and asked itself."""

    @property
    def contract(self) -> Contract: ...
    @property
    def card(self) -> Path | None: ...
    @property
    def folder(self) -> Path | None: ...
    @property
    def sequence(self) -> SequenceHead | None: ...
    def write_onnx(self, path: Path) -> None: ...
    def answer(self, nhwc: Tensor) -> Outputs: ...


@dataclass(frozen=True, kw_only=True)
class TorchSource:
    """`models/NAME/`, loaded and checked."""

    net: nn.Module
    contract: Contract
    card: Path | None
    folder: Path | None = None
    """Where the model lies, with its table of labels and what its fit held out."""
    sequence: SequenceHead | None = None

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
    folder: None = None
    sequence: None = None

    def write_onnx(self, path: Path) -> None:
        from export.foreign import adopt

        adopt(self.path, self.contract, path)

    def answer(self, nhwc: Tensor) -> Outputs:
        return run_onnx(self.path, nhwc, self.contract.input.layout)


def open_sources(options: Options) -> list[Source]:
    """Every model of an export, so that bad input is found before any work is done."""
    found = [_torch_source(folder) for folder in options.models]
    if options.onnx is not None and options.contract is not None:
        found.append(_onnx_source(options.onnx, options.contract))
    names = [source.contract.name for source in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two models are named {name!r} in their contracts")
    return found


def _torch_source(folder: Path) -> Source:
    net, contract = load(folder)
    _refuse_what_the_page_lacks(folder / CONTRACT, contract)
    card = folder / "card.md"
    return TorchSource(
        net=net,
        contract=contract,
        card=card if card.is_file() else None,
        folder=folder,
        sequence=load_head(folder, contract),
    )


def _onnx_source(path: Path, contract_file: Path) -> Source:
    if not path.is_file():
        raise InputError(f"{path}: is not a file")
    contract = Contract.read(contract_file)
    _refuse_what_the_page_lacks(contract_file, contract)
    if contract.sequence is not None:
        raise InputError(f"{contract_file}: names a sequence head, and an ONNX file brings none")
    return OnnxSource(path=path, contract=contract)


def _refuse_what_the_page_lacks(path: Path, contract: Contract) -> None:
    if not _NAME.fullmatch(contract.name):
        raise InputError(
            f"{path}: names its model {contract.name!r}, which becomes a part of the page's"
            " addresses; use letters, digits, '.', '_' and '-'"
        )
    if contract.crop.detector != "tiny":
        raise InputError(
            f"{path}: crop.detector is {contract.crop.detector!r}, and the page finds faces with"
            " 'tiny' alone; train on faces that 'tiny' cut out and name that"
        )
    if contract.input.states:
        names = ", ".join(state.name for state in contract.input.states)
        raise InputError(
            f"{path}: input.states names {names}, and the page runs no net with a memory yet;"
            " export one that looks at single pictures"
        )
