from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from face_detect.crop import Rect, sample
from face_detect.landmark_net import MEAN_RGB, SIDE, LandmarkNet
from face_detect.media import read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS

FACE = Rect(x=1422, y=151, side=247)
# What face-api's own FaceLandmark68TinyNet answered in Chromium to the same 112 × 112 pixels: chin,
# the eyes' outer corners, the mouth's corners. All 68 were within 2e-7.
FACE_API_SAID = {
    8: (0.6310, 0.9556),
    36: (0.1841, 0.5099),
    45: (0.6114, 0.3648),
    48: (0.4073, 0.8086),
    54: (0.6537, 0.7292),
}


def test_points_lie_where_face_api_puts_them(samples: Path) -> None:
    pixels = sample(read_picture(samples / "sample2.jpg"), FACE, SIDE)
    picture = (torch.from_numpy(pixels.astype(np.float32)) - torch.tensor(MEAN_RGB)) / 255
    points = LandmarkNet.read(DEFAULT_WEIGHTS)(picture.permute(2, 0, 1)[None]).reshape(2, 68)
    for number, place in FACE_API_SAID.items():
        torch.testing.assert_close(points[:, number], torch.tensor(place), rtol=0, atol=1e-3)


def test_nothing_in_it_can_be_trained() -> None:
    net = LandmarkNet.read(DEFAULT_WEIGHTS)
    assert not any(values.requires_grad for values in net.parameters())
