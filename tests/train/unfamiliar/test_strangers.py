from __future__ import annotations

import numpy as np
import pytest

from train.unfamiliar.strangers import KINDS, strangers


@pytest.mark.parametrize("depth", [1, 3])
def test_every_kind_is_as_large_and_as_deep_as_the_faces(depth: int) -> None:
    random = np.random.default_rng(0)
    face = random.integers(0, 256, (24, 24, depth), dtype=np.uint8)
    for kind in KINDS:
        made = kind(face, random)
        assert made.shape == face.shape, kind.__name__
        assert made.dtype == np.uint8, kind.__name__


def test_one_seed_draws_the_same_strangers_and_none_is_a_face() -> None:
    faces = np.random.default_rng(1).integers(0, 256, (5, 24, 24, 1), dtype=np.uint8)
    first, second = (strangers(faces, 20, np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(first, second)
    assert not any(np.array_equal(one, face) for one in first for face in faces)


def test_none_are_made_where_none_are_asked() -> None:
    faces = np.zeros((5, 24, 24, 1), np.uint8)
    assert strangers(faces, 0, np.random.default_rng(0)).shape == (0, 24, 24, 1)
