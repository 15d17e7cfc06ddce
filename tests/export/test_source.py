"""What cannot become a page is refused before any work is done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch

from export.options import Options
from export.source import open_sources
from face_detect.command import InputError
from tests.export.conftest import CONTRACT
from train.checkpoint import load_weights
from train.contract import Contract, Crop, State
from train.nets import build_net


def _open(folder: Path, contract: Contract) -> None:
    (folder / "net.onnx").touch()
    contract.write(folder / "c.json")
    open_sources(Options(models=(), onnx=folder / "net.onnx", contract=folder / "c.json"))


def test_a_plain_contract_is_taken(tmp_path: Path) -> None:
    _open(tmp_path, CONTRACT)


def test_faces_by_haar_are_refused_for_the_page_has_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"c\.json: crop\.detector is 'haar'.*'tiny'"):
        _open(tmp_path, replace(CONTRACT, crop=Crop(detector="haar")))


def test_a_net_with_a_memory_is_refused(tmp_path: Path) -> None:
    state = State(name="hidden", shape=(1, 4), reset="face")
    spec = replace(CONTRACT.input, states=(state,))
    with pytest.raises(InputError, match=r"c\.json: input\.states names hidden"):
        _open(tmp_path, replace(CONTRACT, input=spec))


@pytest.mark.parametrize(
    "name", ["", "..", ".hidden", "a/b", "a b", "a#b", "a?b", "50%", "é", "a\0"]
)
def test_a_name_that_does_not_fit_into_an_address_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"c\.json: names its model"):
        _open(tmp_path, replace(CONTRACT, name=name))


@pytest.mark.parametrize("name", ["emotion-b0", "Net_2.1"])
def test_letters_digits_and_three_signs_are_allowed(tmp_path: Path, name: str) -> None:
    _open(tmp_path, replace(CONTRACT, name=name))


def test_an_empty_torch_file_is_refused(tmp_path: Path) -> None:
    CONTRACT.write(tmp_path / "contract.json")
    (tmp_path / "model.pt").touch()
    with pytest.raises(InputError, match=r"model\.pt: .*it holds nothing"):
        open_sources(Options(models=(tmp_path,)))


def test_weights_of_eight_bits_are_read_as_the_numbers_that_they_are(tmp_path: Path) -> None:
    net = build_net(CONTRACT)
    state = net.state_dict()
    state = {k: v.to(torch.float8_e4m3fn) if v.ndim == 4 else v for k, v in state.items()}
    safetensors.torch.save_file(state, tmp_path / "model.safetensors")
    load_weights(net, tmp_path / "model.safetensors")
    name = "features.0.0.weight"
    assert torch.equal(net.state_dict()[name], state[name].float())
