"""The net that a run begins with: untrained, or with given weights as far as they fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

import torch
from torch import Tensor, nn

from face_detect.command import InputError
from train.checkpoint import CONTRACT, WeightsError, find_weights, load, read_weights
from train.contract import Contract
from train.fitting import frozen_layers
from train.nets import build_net
from train.out_of_memory import out_of_memory
from train.teacher import Teacher, columns_for


def start(contract: Contract, weights: Path | None, seed: int, freeze: int = 0) -> nn.Module:
    """Build the contract's net; `weights` is a model's folder or a file of tensors.

    Tensors of another shape, as a classifier for other labels has, are left untrained; of a model
    with several heads, or for such a net, those heads are carried over that both have. Among the
    first layers that will be frozen there must be none.
    """
    torch.manual_seed(seed)
    net = build_net(contract)
    _check_size(net, contract)
    if weights is not None:
        path = find_weights(weights) if weights.is_dir() else weights
        found = read_weights(path)
        if (weights / CONTRACT).is_file():
            found |= _shared_heads(net, contract, Contract.read(weights / CONTRACT), found)
        _check_frozen(net, freeze, _take_over(net, found, path), path)
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def _check_size(net: nn.Module, contract: Contract) -> None:
    """A deep net halves small pictures to nothing."""
    size, channels = contract.input.size, contract.input.depth
    try:
        with torch.inference_mode():
            net.eval()(torch.zeros(1, channels, size, size))
    except RuntimeError as error:
        if out_of_memory(error):
            raise
        raise InputError(f"--size {size}: is too small for {contract.net} ({error})") from error
    net.train()


def load_teachers(folders: Sequence[Path], contract: Contract) -> list[Teacher]:
    """Fitted nets that answer the same question about the pupil's input, of whatever size.

    Of a pupil with several heads each teaches those that it has, too.
    """
    teachers = []
    for folder in folders:
        teacher, taught = load(folder)
        same_size = dataclasses.replace(taught.input, size=contract.input.size)
        columns = columns_for(contract, taught)
        if same_size != contract.input or not any(columns):
            raise WeightsError(f"{folder}: a teacher needs the channels and labels of its pupil")
        teacher.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        if taught.input.size != contract.input.size:
            resize = nn.Upsample(size=taught.input.size, mode="bilinear")
            teacher = nn.Sequential(resize, teacher)
        teachers.append(Teacher(net=teacher, columns=columns))
    return teachers


def _shared_heads(
    net: nn.Module, contract: Contract, taught: Contract, found: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """The last layer with the rows of the heads that both have, wherever they lie."""
    if len(contract.heads) == len(taught.heads) == 1:
        return {}
    name = [name for name, layer in net.named_modules() if isinstance(layer, nn.Linear)][-1]
    own = {key: net.state_dict()[key].clone() for key in (f"{name}.weight", f"{name}.bias")}
    columns = columns_for(contract, taught)
    for key, tensor in own.items():
        if key not in found or found[key].shape != (taught.outputs, *tensor.shape[1:]):
            return {}
        for (_, rows), given in zip(contract.head_slices(), columns, strict=True):
            if given is not None:
                tensor[rows] = found[key][given]
    return own


def _take_over(net: nn.Module, found: Mapping[str, Tensor], path: Path) -> set[str]:
    """What of the net is left untrained."""
    wanted = net.state_dict()
    fitting = {
        key: value
        for key, value in found.items()
        if key in wanted and wanted[key].shape == value.shape
    }
    taken = sum(wanted[key].numel() for key in fitting)
    if taken < sum(value.numel() for value in wanted.values()) / 2:
        raise WeightsError(f"{path}: is of another net; {taken} of its numbers fit this one")
    net.load_state_dict(wanted | fitting)
    return {key for key in wanted.keys() - fitting.keys() if wanted[key].is_floating_point()}


def _check_frozen(net: nn.Module, count: int, untrained: Set[str], path: Path) -> None:
    """Frozen at random, a layer would never learn."""
    frozen = {
        id(tensor)
        for layer in frozen_layers(net, count)
        for tensor in layer.state_dict(keep_vars=True).values()
    }
    for key, tensor in net.state_dict(keep_vars=True).items():
        if key in untrained and id(tensor) in frozen:
            raise InputError(
                f"--freeze {count}: {path}: {key} does not fit the net and would stay untrained;"
                " freeze fewer layers, or choose the --channels of these weights"
            )
