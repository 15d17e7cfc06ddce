"""The page's sampler and Python's, on the same pixels, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from export.browser import Browser
from face_detect.crop import Edge, Pixels, Rect, grey, sample

HEIGHT, WIDTH = 90, 120
RECTS = {
    "inside, as large as the net's input": Rect(x=20, y=10, side=48),
    "inside, scaled up": Rect(x=31, y=17, side=29),
    "inside, scaled down a little": Rect(x=5, y=3, side=77),
    "over the left edge": Rect(x=-15, y=20, side=40),
    "over the top edge": Rect(x=30, y=-22, side=41),
    "over the right edge": Rect(x=100, y=20, side=40),
    "over the bottom edge": Rect(x=30, y=70, side=43),
    "over every edge, scaled to less than half": Rect(x=-20, y=-35, side=160),
    "one pixel": Rect(x=60, y=40, side=1),
    "wholly outside": Rect(x=200, y=200, side=20),
}


@pytest.fixture(scope="module")
def picture() -> Pixels:
    """Opaque RGBA noise: neighbours that differ show every shift."""
    noise = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 4), dtype=np.uint8)
    noise[..., 3] = 255
    return noise


@pytest.fixture(scope="module")
def harness(
    web_build: Path, picture: Pixels, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("pixels")
    (folder / "picture.rgba").write_bytes(picture.tobytes())
    with Browser(mounts={"/harness": web_build / "harness", "/data": folder}) as browser:
        yield browser


def in_browser(harness: Browser, rects: list[Rect], size: int, edge: Edge, is_grey: bool) -> Pixels:
    said = harness.call(
        "samplePixels",
        {
            "input": "/data/picture.rgba",
            "width": WIDTH,
            "height": HEIGHT,
            "rects": [vars(rect) for rect in rects],
            "size": size,
            "edge": edge,
            "grey": is_grey,
        },
    )
    depth = 1 if is_grey else 3
    return np.array(said["values"], np.uint8).reshape(len(rects), size, size, depth)


@pytest.mark.parametrize("edge", get_args(Edge))
@pytest.mark.parametrize("is_grey", [False, True])
@pytest.mark.parametrize("size", [48, 64])
def test_every_pixel_is_at_most_one_step_from_pythons(
    harness: Browser, picture: Pixels, size: int, is_grey: bool, edge: Edge
) -> None:
    found = in_browser(harness, list(RECTS.values()), size, edge, is_grey)
    for name, rect, crop in zip(RECTS, RECTS.values(), found, strict=True):
        expected = sample(picture, rect, size, edge)
        expected = grey(expected) if is_grey else expected
        assert np.abs(crop.astype(int) - expected).max() <= 1, name


def test_a_crop_that_is_off_by_one_pixel_would_be_seen(harness: Browser, picture: Pixels) -> None:
    (crop,) = in_browser(harness, [Rect(x=21, y=10, side=48)], 48, "replicate", False)
    expected = sample(picture, Rect(x=20, y=10, side=48), 48)
    assert np.abs(crop.astype(int) - expected).max() > 50
