from __future__ import annotations

import numpy as np

from train.laid import FINE, laid


def test_only_where_the_layer_is_the_picture_changes() -> None:
    picture = np.full((10, 14, 3), 200, np.uint8)
    layer = np.zeros((10 * FINE, 14 * FINE), np.uint8)
    layer[: 5 * FINE] = 255
    found = laid(picture, layer, np.zeros(3), np.random.default_rng(0))
    assert (found[:5] < 50).all()
    assert (found[5:] == 200).all()
