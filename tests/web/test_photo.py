"""A photo's way through the page's modules, beside the same way in Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch

from export.browser import Browser
from face_detect.crop import crop
from face_detect.media import read_picture
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from tests.web.conftest import DEMO, ROOT
from train.checkpoint import load
from train.inputs import normalise, probabilities

# JPEG decoders differ by a step in places, and B0 answers that with a few thousandths.
CLOSE = 0.02


@pytest.fixture(scope="module")
def harness(web_build: Path, site: Path) -> Iterator[Browser]:
    mounts = {"/harness": web_build / "harness", "/models": site.parent / "models", "/demo": DEMO}
    with Browser(mounts=mounts) as browser:
        yield browser


@pytest.mark.parametrize("name", ["sample1.jpg", "sample3.jpg", "sample6.jpg"])
def test_probabilities_of_a_photo_are_pythons(harness: Browser, name: str) -> None:
    net, contract = load(ROOT / "models" / "emotion-b0")
    picture = read_picture(DEMO / name)
    look = contract.crop.second_look
    boxes = TinyDetector(DEFAULT_WEIGHTS, second_look=look).detect(picture)
    crops = np.stack([crop(picture, box, contract.crop.rule, contract.input.size) for box in boxes])
    planes = normalise(crops, contract.input).transpose(0, 3, 1, 2).copy()
    with torch.inference_mode():
        (expected,) = probabilities(net(torch.from_numpy(planes)).numpy(), contract)
    said = harness.call(
        "classifyPicture",
        {
            "backend": "simd",
            "graph": f"/models/{contract.name}/f32/model.json",
            "contract": f"/models/{contract.name}/contract.json",
            "picture": f"/demo/{name}",
            "boxes": [asdict(box) for box in boxes],
        },
    )
    found = np.array([face["probabilities"][0] for face in said["faces"]])
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= CLOSE
