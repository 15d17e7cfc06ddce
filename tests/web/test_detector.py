"""The detector's graph beside face-api's own package and beside torch, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from export.browser import Browser
from export.detector import detector_graph
from export.variants import write_variant
from face_detect.box import Box
from face_detect.letterbox import letterbox
from face_detect.media import read_picture
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector, TinyFaceNet
from face_detect.tiny_weights import DEFAULT_WEIGHTS

DEMO = DEFAULT_WEIGHTS.parent / "demo"
SIZES = (416, 320, 224, 160)
PICTURES = tuple(f"sample{i}.jpg" for i in range(1, 7))
GRAPH = {"backend": "simd", "graph": "/data/u8/model.json"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("detector")
    write_variant(detector_graph(DEFAULT_WEIGHTS, folder), "u8", folder / "u8")
    return folder


@pytest.fixture(scope="module")
def harness(web_build: Path, folder: Path) -> Iterator[Browser]:
    mounts = {
        "/harness": web_build / "harness",
        "/data": folder,
        "/weights": DEFAULT_WEIGHTS,
        "/demo": DEMO,
    }
    with Browser(mounts=mounts) as browser:
        yield browser


def boxes_of(said: dict[str, Any]) -> list[Box]:
    return [Box(**box) for box in said["boxes"]]


def assert_same_faces(found: Sequence[Box], expected: Sequence[Box], iou: float) -> None:
    assert len(found) == len(expected)
    for box in expected:
        assert max(map(box.iou, found)) >= iou


@pytest.mark.parametrize("size", SIZES)
def test_raw_outputs_are_face_apis_and_torchs(harness: Browser, folder: Path, size: int) -> None:
    square = letterbox(read_picture(DEMO / "sample1.jpg"), size).square.astype(np.float32)
    (folder / "input.bin").write_bytes(square.tobytes())
    ours = harness.call(
        "runGraph", {**GRAPH, "input": "/data/input.bin", "shape": [1, size, size, 3]}
    )["values"]
    theirs = harness.call(
        "faceApi",
        {"backend": "wasm", "weights": "/weights", "input": "/data/input.bin", "size": size},
    )["raw"]
    with torch.inference_mode():
        planes = torch.from_numpy(square.transpose(2, 0, 1).copy())[None]
        torchs = TinyFaceNet.read(DEFAULT_WEIGHTS)(planes).permute(0, 2, 3, 1).numpy().ravel()
    assert np.abs(np.array(ours) - np.array(theirs)).max() <= 1e-4
    assert np.abs(np.array(ours) - torchs).max() <= 1e-4


@pytest.mark.parametrize("name", PICTURES)
def test_boxes_are_face_apis(harness: Browser, name: str) -> None:
    picture = {"picture": f"/demo/{name}", "size": 416}
    ours = boxes_of(harness.call("detectPicture", {**GRAPH, **picture}))
    theirs = boxes_of(
        harness.call("faceApi", {"backend": "wasm", "weights": "/weights", **picture})
    )
    assert_same_faces(ours, theirs, 0.99)


@pytest.mark.parametrize("name", PICTURES)
def test_boxes_are_torchs(harness: Browser, name: str) -> None:
    ours = boxes_of(
        harness.call("detectPicture", {**GRAPH, "picture": f"/demo/{name}", "size": 416})
    )
    torchs = TinyDetector(DEFAULT_WEIGHTS).detect(read_picture(DEMO / name))
    assert_same_faces(ours, torchs, 0.99)


@pytest.mark.parametrize("name", PICTURES)
def test_boxes_of_the_second_look_are_torchs(harness: Browser, name: str) -> None:
    look = SecondLook()
    ours = boxes_of(
        harness.call(
            "detectPicture",
            {**GRAPH, "picture": f"/demo/{name}", "size": 416, "second_look": asdict(look)},
        )
    )
    torchs = TinyDetector(DEFAULT_WEIGHTS, second_look=look).detect(read_picture(DEMO / name))
    # Each look rounds boxes and pixels of its own, and JPEG decoders differ by a step.
    assert_same_faces(ours, torchs, 0.95)
