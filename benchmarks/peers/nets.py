"""One of the site's classifiers for every runtime, and inputs for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.peers.to_tflite import to_tflite
from benchmarks.shots import SAMPLE
from face_detect.command import InputError
from face_detect.media import read_picture
from train.contract import Contract
from train.inputs import normalise, whole

INPUTS = 8


@dataclass(frozen=True, kw_only=True)
class Net:
    """Addresses for a page; all of them hold the same net with the same weights, in float32."""

    model: str
    graph: str
    onnx: str
    tflite: str
    inputs: str
    shape: tuple[int, ...]
    """NHWC, of one input."""
    planar_inputs: str
    planar_shape: tuple[int, ...]
    """The same values, NCHW."""


def write_net(models: Path, name: str, folder: Path, with_tflite: bool) -> Net:
    """What the export left of a model, and beside it, in `folder`, what it did not."""
    exported = models / name
    onnx = exported / "model.onnx"
    if not onnx.is_file() or not (exported / "f32" / "model.json").is_file():
        raise InputError(f"{exported}: has no model.onnx and f32/; build the site with make export")
    contract = Contract.read(exported / "contract.json")
    tensors = _tensors(contract)
    planar = np.ascontiguousarray(tensors.transpose(0, 3, 1, 2))
    for kind, values in (("nhwc", tensors), ("nchw", planar)):
        (folder / f"{name}-{kind}.bin").write_bytes(values.astype("<f4").tobytes())
    if with_tflite:
        (folder / f"{name}.tflite").write_bytes(to_tflite(onnx))
    return Net(
        model=name,
        graph=f"/models/{name}/f32/model.json",
        onnx=f"/models/{name}/model.onnx",
        tflite=f"/data/{name}.tflite",
        inputs=f"/data/{name}-nhwc.bin",
        shape=(1, *tensors.shape[1:]),
        planar_inputs=f"/data/{name}-nchw.bin",
        planar_shape=(1, *planar.shape[1:]),
    )


def _tensors(contract: Contract) -> np.ndarray:
    """Parts of a picture, whatever they show: nets take the same time for anything."""
    picture = read_picture(SAMPLE)
    side = min(picture.shape[:2])
    shifts = np.linspace(0, picture.shape[1] - side, INPUTS).astype(int)
    size = contract.input.size
    crops = np.stack([whole(picture[:, shift : shift + side], size) for shift in shifts])
    return normalise(crops, contract.input)
