from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from face_detect.command import InputError
from face_detect.tiny_weights import DEFAULT_WEIGHTS, MANIFEST, VALUES, read_tiny_weights


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (MANIFEST, VALUES):
        shutil.copy(DEFAULT_WEIGHTS / name, tmp_path)
    return tmp_path


def test_the_published_net_has_193321_values(folder: Path) -> None:
    assert sum(tensor.size for tensor in read_tiny_weights(folder).values()) == 193_321


def test_bytes_are_scaled_and_shifted(folder: Path) -> None:
    quantization = json.loads((folder / MANIFEST).read_text())[0]["weights"][0]["quantization"]
    first = (folder / VALUES).read_bytes()[0] * quantization["scale"] + quantization["min"]
    assert read_tiny_weights(folder)["conv0/filters"].flat[0] == first


@pytest.mark.parametrize("name", [MANIFEST, VALUES])
def test_a_missing_file_is_named_with_the_command_that_fetches_it(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(InputError, match=f"{name}: is missing; run `make setup`"):
        read_tiny_weights(folder)


@pytest.mark.parametrize("change", [-1, 1])
def test_a_file_of_another_length_is_refused_with_both_lengths(folder: Path, change: int) -> None:
    (folder / VALUES).write_bytes(bytes(193_321 + change))
    with pytest.raises(
        InputError, match=rf"bin: has {193_321 + change} bytes, .* describes 193321"
    ):
        read_tiny_weights(folder)


@pytest.mark.parametrize("text", ["", "[{", "7", "{}", '[{"weights": [{"name": "conv0/bias"}]}]'])
def test_a_manifest_that_is_none_is_refused(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text)
    with pytest.raises(InputError, match=MANIFEST):
        read_tiny_weights(folder)


def test_the_manifest_of_another_net_is_refused(folder: Path) -> None:
    text = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(text.replace("[3,3,3,16]", "[3,3,3,17]"))
    with pytest.raises(InputError, match="does not describe the Tiny Face Detector"):
        read_tiny_weights(folder)
