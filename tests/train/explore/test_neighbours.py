from __future__ import annotations

import numpy as np
import pytest

from tests.train.explore.made import drawn
from train.explore.features import Features, features
from train.explore.neighbours import NEIGHBOURS, neighbours


@pytest.fixture
def points() -> Features:
    return np.random.default_rng(0).normal(size=(1500, 8)).astype(np.float32)


def test_the_nearest_are_those_of_every_distance_sorted(points: Features) -> None:
    found = neighbours(points)
    for place in (0, 700, 1400):
        distances = np.linalg.norm(points - points[place], axis=1)
        distances[place] = np.inf
        expected = np.argsort(distances)[:NEIGHBOURS]
        assert found.places[place].tolist() == expected.tolist()
        assert found.distances[place] == pytest.approx(distances[expected], abs=1e-3)


def test_a_few_pictures_have_fewer_neighbours(points: Features) -> None:
    assert neighbours(points[:3]).places.shape == (3, 2)


@pytest.mark.parametrize("count", [0, 1])
def test_a_picture_alone_has_none(points: Features, count: int) -> None:
    assert neighbours(points[:count]).places.shape == (count, 0)


def test_a_brighter_copy_is_nearer_than_another_picture() -> None:
    views = np.stack([drawn(seed)[..., 0] // 2 for seed in range(30)])
    brighter = views[4:5] + np.uint8(40)
    found = neighbours(features(np.concatenate([views, brighter])))
    assert found.places[30, 0] == 4


def test_no_pictures_have_no_features() -> None:
    assert len(features(np.zeros((0, 48, 48), np.uint8))) == 0
