"""Pictures as evaluation sees them, beside the page's own way with them, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import torch

from export.browser import Browser
from export.detector import detector_graph
from export.variants import write_variant
from face_detect.crop import Pixels
from face_detect.media import read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from tests.web.conftest import DEMO, ROOT
from train.checkpoint import load
from train.crops import crops_of
from train.data.record import Record
from train.inputs import normalise, probabilities

# Each side finds the box itself; a JPEG decoder's step may move it by a pixel, which B0 answers
# with 0.025. Crops of one and the same box are held to less in test_photo.py.
CLOSE = 0.05
MODEL = ROOT / "models" / "emotion-b0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validation")
    write_variant(detector_graph(DEFAULT_WEIGHTS, folder), "u8", folder / "detector")
    return folder


@pytest.fixture(scope="module")
def harness(web_build: Path, site: Path, folder: Path) -> Iterator[Browser]:
    models = site.parent / "models" / load(MODEL)[1].name
    mounts = {
        "/harness": web_build / "harness",
        "/model": models,
        "/data": folder,
        "/demo": DEMO,
    }
    with Browser(mounts=mounts) as browser:
        yield browser


@pytest.mark.parametrize("name", ["sample1.jpg", "sample3.jpg", "sample6.jpg"])
def test_a_photos_answer_is_the_pages_first_face(harness: Browser, name: str) -> None:
    expected = _in_python((DEMO / name).read_bytes())
    assert np.abs(_in_the_page(harness, f"/demo/{name}") - expected).max() <= CLOSE


def test_a_face_that_fills_its_picture_is_found_by_both(harness: Browser, folder: Path) -> None:
    content = cv2.imencode(".png", close_up()[..., ::-1])[1].tobytes()
    (folder / "close.png").write_bytes(content)
    expected = _in_python(content)
    assert np.abs(_in_the_page(harness, "/data/close.png") - expected).max() <= CLOSE


def close_up() -> Pixels:
    """A face of sample2, as large as it gets."""
    face = read_picture(DEMO / "sample2.jpg")[170:470, 1390:1690]
    return np.asarray(cv2.resize(face, (480, 480)), np.uint8)


def _in_python(content: bytes) -> npt.NDArray[np.float64]:
    net, contract = load(MODEL)
    record = Record(name="made", labels={}, read=lambda: content)
    crops = crops_of([record], contract, framing="photo")
    assert crops.found.all()
    planes = normalise(crops.pixels, contract.input).transpose(0, 3, 1, 2).copy()
    with torch.inference_mode():
        (expected,) = probabilities(net(torch.from_numpy(planes)).numpy(), contract)
    first: npt.NDArray[np.float64] = expected[0]
    return first


@pytest.mark.parametrize("side", [30, 75, 130])
def test_a_ready_crops_pixels_are_the_pages(harness: Browser, folder: Path, side: int) -> None:
    _, contract = load(MODEL)
    picture = np.random.default_rng(0).integers(0, 256, (side, side, 3), dtype=np.uint8)
    content = cv2.imencode(".png", picture[..., ::-1])[1].tobytes()
    record = Record(name="made.png", labels={}, read=lambda: content)
    expected = crops_of([record], contract, framing="crop").pixels[0]
    found = _sampled(harness, folder, picture, contract.input.size)
    assert np.abs(found.astype(int) - expected).max() <= 1


def _in_the_page(harness: Browser, picture: str) -> npt.NDArray[np.float64]:
    """The page's own detector, its most certain box, and the page's classifier on that."""
    contract = load(MODEL)[1]
    asked = {"backend": "simd", "picture": picture}
    boxes = harness.call(
        "detectPicture",
        {
            **asked,
            "graph": "/data/detector/model.json",
            "size": contract.crop.detector_size,
            "second_look": asdict(contract.crop.second_look),
        },
    )["boxes"]
    said = harness.call(
        "classifyPicture",
        {
            **asked,
            "graph": "/model/f32/model.json",
            "contract": "/model/contract.json",
            "boxes": boxes[:1],
        },
    )
    found: npt.NDArray[np.float64] = np.array(said["faces"][0]["probabilities"][0])
    return found


def _sampled(harness: Browser, folder: Path, picture: Pixels, size: int) -> Pixels:
    """A whole square picture through the page's sampler."""
    side = picture.shape[0]
    opaque = np.full((side, side, 4), 255, np.uint8)
    opaque[..., :3] = picture
    (folder / "picture.rgba").write_bytes(opaque.tobytes())
    asked = {
        "input": "/data/picture.rgba",
        "width": side,
        "height": side,
        "rects": [{"x": 0, "y": 0, "side": side}],
        "size": size,
        "edge": "replicate",
        "grey": False,
    }
    values = harness.call("samplePixels", asked)["values"]
    return np.array(values, np.uint8).reshape(size, size, 3)
