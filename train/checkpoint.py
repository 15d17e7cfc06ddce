"""Reading and writing `models/<name>/`: weights that are only numbers, and their contract."""

from __future__ import annotations

from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from face_detect.command import InputError
from train.contract import Contract
from train.nets import build_net

WEIGHTS, CONTRACT = "model.safetensors", "contract.json"


class WeightsError(InputError):
    """Weights that cannot be read, are not only numbers, or do not fit their contract."""


def save(net: nn.Module, contract: Contract, folder: Path) -> None:
    """Write weights and contract into `folder`; `staged` makes that whole."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {key: value.detach().cpu().contiguous() for key, value in net.state_dict().items()}
    safetensors.torch.save_file(state, folder / WEIGHTS)
    contract.write(folder / CONTRACT)


def is_model(folder: Path) -> bool:
    """Whether a folder holds a model of ours, which a new one may replace."""
    return (folder / CONTRACT).is_file()


def load(folder: Path) -> tuple[nn.Module, Contract]:
    """The net of `models/<name>/`, ready to answer, with its contract."""
    contract = Contract.read(folder / CONTRACT)
    net = build_net(contract)
    load_weights(net, find_weights(folder))
    return net.eval(), contract


def find_weights(folder: Path) -> Path:
    """`model.safetensors`, or a torch checkpoint named `model.pt` or `model.pth`."""
    for name in (WEIGHTS, "model.pt", "model.pth"):
        if (folder / name).is_file():
            return folder / name
    raise WeightsError(f"{folder}: holds no {WEIGHTS}, model.pt or model.pth")


def load_weights(net: nn.Module, path: Path) -> None:
    """Fill `net` from a safetensors or a `weights_only` torch file, whole or not at all."""
    state = read_weights(path)
    _check_shapes(net.state_dict(), state, path)
    for key, value in state.items():
        if value.is_complex():
            raise WeightsError(f"{path}: {key} holds complex numbers")
        # As the net will see them; torch cannot ask 8-bit floats themselves.
        if not torch.isfinite(value.float()).all():
            raise WeightsError(f"{path}: {key} holds NaN or infinity")
    net.load_state_dict(state)


def read_weights(path: Path) -> dict[str, Tensor]:
    """The tensors of a weight file. A pickle that could run code is refused."""
    if path.suffix == ".safetensors":
        try:
            return safetensors.torch.load_file(path)
        except (safetensors.SafetensorError, OSError) as error:
            raise WeightsError(f"{path}: is damaged or cut short ({error})") from error
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises a dozen kinds here
        reason = (str(error).splitlines() or ["it holds nothing"])[0]
        raise WeightsError(
            f"{path}: is not a file of tensors alone, and pickles may run code: {reason}"
        ) from error
    state = state.get("state_dict", state) if isinstance(state, dict) else state
    if not isinstance(state, dict) or not all(isinstance(v, Tensor) for v in state.values()):
        raise WeightsError(f"{path}: holds no state dict")
    return state


def _check_shapes(wanted: dict[str, Tensor], found: dict[str, Tensor], path: Path) -> None:
    missing = sorted(set(wanted) - set(found))
    surplus = sorted(set(found) - set(wanted))
    if missing or surplus:
        raise WeightsError(
            f"{path}: does not fit the contract's net: {len(missing)} tensors missing"
            f" {missing[:2]}, {len(surplus)} unknown {surplus[:2]}"
        )
    for key, tensor in wanted.items():
        if tensor.shape != found[key].shape:
            raise WeightsError(
                f"{path}: {key} has shape {list(found[key].shape)},"
                f" the contract's net has {list(tensor.shape)}"
            )
