"""ONNX → .tflite, over the exporter's own SavedModel."""

from __future__ import annotations

import hashlib
import importlib.metadata
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

import onnx

from benchmarks.pages import HERE
from export.onnx_file import dims, read_onnx, real_inputs, set_dims
from face_detect.command import MachineError

_KEPT = HERE / "build" / "tflite"
_SHAPING = ("tensorflow", "onnx2tf")
"""Packages by whose version the same net becomes another graph."""


def to_tflite(onnx_file: Path) -> bytes:
    """In float32; kept, for it takes half a minute.

    TensorFlow has a process of its own: its threads shall not be there while something is measured.
    """
    key = hashlib.sha256(onnx_file.read_bytes())
    for package in _SHAPING:
        key.update(f"{package} {importlib.metadata.version(package)}".encode())
    kept = _KEPT / f"{key.hexdigest()}.tflite"
    if not kept.is_file():
        _KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="building-", dir=_KEPT) as folder:
            made = Path(folder) / "made.tflite"
            _convert_apart(onnx_file, made)
            made.replace(kept)
    return kept.read_bytes()


def _convert_apart(onnx_file: Path, made: Path) -> None:
    command = [sys.executable, "-m", __spec__.name, str(onnx_file.resolve()), str(made)]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
    if done.returncode != 0:
        (*_, line) = ("no word", *done.stderr.strip().splitlines())
        raise MachineError(f"{onnx_file} cannot be made a .tflite ({line})")


def _convert(onnx_file: Path) -> bytes:
    from export.import_tensorflow import import_tensorflow
    from export.to_tf import Onnx2tf

    import_tensorflow()
    import tensorflow as tf

    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="facecast-tflite-") as folder:
        single, saved_model = Path(folder) / "single.onnx", Path(folder) / "saved_model"
        _write_single(onnx_file, single)
        Onnx2tf().convert(single, saved_model)
        converter = tf.lite.TFLiteConverter.from_saved_model(str(saved_model))
        converted: bytes = converter.convert()
    return converted


def _write_single(onnx_file: Path, single: Path) -> None:
    """LiteRT takes no input of a free length: one picture at a time."""
    model = read_onnx(onnx_file)
    for value in (*real_inputs(model.graph), *model.graph.output):
        _, *rest = dims(value)
        set_dims(value, [1, *(size or 1 for size in rest)])
    onnx.save(model, single)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(_convert(Path(sys.argv[1])))
