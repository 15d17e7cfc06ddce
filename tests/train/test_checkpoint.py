from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest
import safetensors.torch
import torch

from train.checkpoint import WeightsError, load, load_weights, read_weights, save
from train.contract import Contract, Head
from train.nets import build_net


@pytest.fixture
def folder(contract: Contract, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    save(build_net(contract), contract, tmp_path / "made")
    return tmp_path / "made"


def test_a_saved_net_answers_the_same_when_loaded(contract: Contract, tmp_path: Path) -> None:
    net = build_net(contract).eval()
    save(net, contract, tmp_path)
    loaded, _ = load(tmp_path)
    picture = torch.rand(2, 1, 32, 32)
    assert torch.equal(net(picture), loaded(picture))


def test_truncated_weights_are_refused_by_name(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(WeightsError, match=r"model\.safetensors: is damaged or cut short"):
        load(folder)


def test_nan_in_the_weights_is_refused_by_tensor_name(folder: Path) -> None:
    path = folder / "model.safetensors"
    state = safetensors.torch.load_file(path)
    state["classifier.1.bias"][0] = float("nan")
    safetensors.torch.save_file(state, path)
    with pytest.raises(WeightsError, match=r"classifier\.1\.bias holds NaN"):
        load(folder)


def test_labels_that_do_not_match_the_head_are_refused_with_both_shapes(
    folder: Path, contract: Contract
) -> None:
    three = dataclasses.replace(contract, heads=(Head(name="emotion", labels=("a", "b", "c")),))
    three.write(folder / "contract.json")
    with pytest.raises(WeightsError, match=r"has shape \[2, 1280\].* has \[3, 1280\]"):
        load(folder)


def test_weights_of_another_net_are_refused(folder: Path) -> None:
    safetensors.torch.save_file({"other": torch.zeros(1)}, folder / "model.safetensors")
    with pytest.raises(WeightsError, match="tensors missing"):
        load(folder)


def test_a_torch_checkpoint_of_tensors_alone_loads(folder: Path, contract: Contract) -> None:
    state = safetensors.torch.load_file(folder / "model.safetensors")
    torch.save({"state_dict": state}, folder / "model.pth")
    net = build_net(contract)
    load_weights(net, folder / "model.pth")
    assert torch.equal(net.state_dict()["classifier.1.bias"], state["classifier.1.bias"])


class Harmful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("this must never run",)


def test_a_pickle_that_runs_code_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "model.pth"
    path.write_bytes(pickle.dumps(Harmful()))
    with pytest.raises(WeightsError, match="pickles may run code"):
        read_weights(path)
    assert "never run" not in capsys.readouterr().out


def test_a_folder_without_weights_is_named(tmp_path: Path, contract: Contract) -> None:
    contract.write(tmp_path / "contract.json")
    with pytest.raises(WeightsError, match=r"holds no model\.safetensors"):
        load(tmp_path)
