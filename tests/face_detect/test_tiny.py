from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.letterbox import letterbox
from face_detect.media import read_picture
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS, read_tiny_weights

# A point on each face, read off the pictures by eye.
FACES = {
    "sample1.jpg": [(920, 560), (1570, 360), (480, 510)],
    "sample2.jpg": [(1540, 300)],
    "sample3.jpg": [(1160, 390), (680, 500), (1580, 470)],
    "sample4.jpg": [(750, 220), (1060, 340), (350, 350)],
    "sample5.jpg": [(470, 1050), (1500, 550), (1200, 360), (680, 560), (850, 230)],
}


@pytest.mark.parametrize("name", FACES)
def test_every_large_face_of_the_published_pictures_is_found_once(
    tiny: TinyDetector, samples: Path, name: str
) -> None:
    boxes = tiny.detect(read_picture(samples / name))
    assert len(boxes) == len(FACES[name])
    for x, y in FACES[name]:
        assert any(
            abs(box.x + box.width / 2 - x) < 0.25 * box.width
            and abs(box.y + box.height / 2 - y) < 0.25 * box.height
            for box in boxes
        )


def test_the_most_certain_face_comes_first(tiny: TinyDetector, three_faces: Pixels) -> None:
    scores = [box.score for box in tiny.detect(three_faces)]
    assert scores == sorted(scores, reverse=True)


def test_noise_holds_no_face(tiny: TinyDetector) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    assert tiny.detect(noise) == []


def test_a_higher_threshold_finds_fewer(three_faces: Pixels) -> None:
    strict = TinyDetector(DEFAULT_WEIGHTS, threshold=0.8)
    assert len(strict.detect(three_faces)) == 1


@pytest.mark.parametrize("size", [0, -32, 100, 8192])
def test_a_size_that_is_no_multiple_of_32_is_refused(size: int) -> None:
    with pytest.raises(InputError, match=f"is {size}, not a multiple of 32 from 32 to 4096"):
        TinyDetector(DEFAULT_WEIGHTS, size=size)


@pytest.mark.parametrize("size", [96, 160, 416])
def test_the_rearranged_net_equals_the_published_one(
    tiny: TinyDetector, three_faces: Pixels, size: int
) -> None:
    noise = np.random.default_rng(4).integers(0, 256, (size, size, 3))
    for square in (letterbox(three_faces, size).square, noise):
        x = torch.from_numpy(square.transpose(2, 0, 1)[None].astype(np.float32))
        with torch.inference_mode():
            ours, published = tiny.net(x), _published(x)
        # 6e-5 is what reordered float32 sums cost; a wrong pad or fold costs more than 1.
        torch.testing.assert_close(ours, published, rtol=0, atol=1e-4)


@pytest.mark.filterwarnings("ignore:The feature will be removed:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:You are using the legacy TorchScript:DeprecationWarning")
def test_the_exported_graph_needs_nothing_but_convolutions_pools_and_leaky_relus(
    tiny: TinyDetector, tmp_path: Path
) -> None:
    path = tmp_path / "tiny.onnx"
    torch.onnx.export(tiny.net, (torch.zeros(1, 3, 96, 96),), path, dynamo=False, opset_version=13)
    operators = [node.op_type for node in onnx.load(path).graph.node]
    assert [operators.count(op) for op in ("Conv", "MaxPool", "LeakyRelu")] == [12, 6, 6]
    assert len(operators) == 24


def _published(x: Tensor) -> Tensor:
    """face-api's own order of things: src/tinyYolov2/TinyYolov2Base.ts, runMobilenet."""
    weights = {
        name: torch.from_numpy(values).float()
        for name, values in read_tiny_weights(DEFAULT_WEIGHTS).items()
    }
    x = (x - torch.tensor([117.001, 114.697, 97.404])[:, None, None]) / 255
    x = F.conv2d(x, weights["conv0/filters"].permute(3, 2, 0, 1), weights["conv0/bias"])
    x = _same_pool(F.leaky_relu(x, 0.1), 2)
    for i in range(1, 6):
        depthwise = weights[f"conv{i}/depthwise_filter"].permute(2, 3, 0, 1)
        pointwise = weights[f"conv{i}/pointwise_filter"].permute(3, 2, 0, 1)
        x = F.conv2d(x, depthwise, padding=1, groups=len(depthwise))
        x = F.leaky_relu(F.conv2d(x, pointwise, weights[f"conv{i}/bias"]), 0.1)
        x = _same_pool(x, 1 if i == 5 else 2)
    return F.conv2d(x, weights["conv8/filters"].permute(3, 2, 0, 1), weights["conv8/bias"])


def _same_pool(x: Tensor, stride: int) -> Tensor:
    """TensorFlow's SAME at kernel 2: ceil(length / stride) windows, padded right and bottom."""
    right, bottom = (int(stride == 1 or length % 2 == 1) for length in (x.shape[3], x.shape[2]))
    return F.max_pool2d(F.pad(x, (0, right, 0, bottom), value=float("-inf")), 2, stride)


def test_a_face_that_fills_its_picture_is_found_by_a_look_from_farther_away(samples: Path) -> None:
    face = read_picture(samples / "sample2.jpg")[170:470, 1390:1690]
    close_up = np.asarray(cv2.resize(face, (480, 480)), np.uint8)
    assert TinyDetector(DEFAULT_WEIGHTS).detect(close_up) == []
    (box,) = TinyDetector(DEFAULT_WEIGHTS, second_look=SecondLook()).detect(close_up)
    assert max(box.width, box.height) > 240
