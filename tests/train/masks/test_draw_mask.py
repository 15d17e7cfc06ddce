from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from face_detect.crop import Pixels
from train.masks.draw_mask import draw_mask
from train.masks.mask_shape import Place, Worn

# iBUG 300-W's.
NOSE_TIP, MOUTH, CHIN, EYES = 30, slice(48, 68), 8, slice(36, 48)


def changed(face: Pixels, points: Place, worn: Worn, seed: int) -> npt.NDArray[np.bool_]:
    """Where the picture is not as it was."""
    drawn = draw_mask(face, points, worn, np.random.default_rng(seed))
    moved: npt.NDArray[np.bool_] = np.abs(drawn.astype(int) - face).max(2) > 12
    return moved


def share(where: npt.NDArray[np.bool_], points: Place) -> float:
    """Of these points, how many are covered."""
    x, y = np.clip(points.round().astype(int), 0, len(where) - 1).T
    return float(where[y, x].mean())


@pytest.mark.parametrize("seed", range(6))
def test_worn_it_covers_nose_and_mouth_and_leaves_the_eyes(
    face: Pixels, points: Place, seed: int
) -> None:
    where = changed(face, points, "worn", seed)
    assert share(where, points[MOUTH]) > 0.9
    assert share(where, points[[NOSE_TIP]]) == 1
    assert share(where, points[EYES]) < 0.1


@pytest.mark.parametrize("seed", range(6))
def test_worn_wrong_it_leaves_the_nose_and_covers_the_chin(
    face: Pixels, points: Place, seed: int
) -> None:
    where = changed(face, points, "wrong", seed)
    assert share(where, points[[NOSE_TIP]]) == 0
    assert share(where, points[[CHIN]] - (0, 3)) == 1


def test_worn_wrong_it_is_below_the_nose_or_on_the_chin(face: Pixels, points: Place) -> None:
    lips = [share(changed(face, points, "wrong", seed), points[MOUTH]) for seed in range(12)]
    assert min(lips) < 0.3
    assert max(lips) > 0.9


def test_no_two_masks_are_alike_and_a_seed_draws_the_same_again(
    face: Pixels, points: Place
) -> None:
    drawn = [
        draw_mask(face, points, "worn", np.random.default_rng(seed)).tobytes()
        for seed in (0, 1, 2, 0)
    ]
    assert len(set(drawn)) == 3
    assert drawn[0] == drawn[3]


def test_a_face_that_reaches_over_the_pictures_edge_is_drawn_on_all_the_same(
    face: Pixels, points: Place
) -> None:
    cut = face[: face.shape[0] * 2 // 3]
    drawn = draw_mask(cut, points, "worn", np.random.default_rng(0))
    assert drawn.shape == cut.shape
    assert (drawn != cut).any()
