from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from train.nets.face_geometry import DISTANCES, FEATURES, POINTS, FaceGeometry


@pytest.fixture
def face() -> Tensor:
    """[2, 68]: eyes apart by a third of the picture, everything else anywhere."""
    points = torch.rand(2, POINTS, generator=torch.Generator().manual_seed(0))
    points[:, 36:42] = torch.tensor([[0.3], [0.4]])
    points[:, 42:48] = torch.tensor([[0.63], [0.4]])
    return points


def geometry(face: Tensor) -> Tensor:
    features: Tensor = FaceGeometry()(face.reshape(1, -1))[0]
    return features


def test_the_eyes_lie_half_a_unit_left_and_right_of_the_middle(face: Tensor) -> None:
    placed = geometry(face)[: 2 * POINTS].reshape(2, POINTS)
    wanted = torch.tensor([[-0.5, 0.5], [0, 0]])
    torch.testing.assert_close(placed[:, [36, 42]], wanted, rtol=0, atol=1e-3)


def test_place_size_and_tilt_of_a_face_change_nothing(face: Tensor) -> None:
    turn = math.radians(25)
    matrix = torch.tensor([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    moved = matrix @ face * 0.8 + torch.tensor([[0.2], [-0.1]])
    torch.testing.assert_close(geometry(moved), geometry(face), rtol=0, atol=0.01)


def test_an_opened_mouth_lengthens_its_distance_and_no_other(face: Tensor) -> None:
    face[:, 66] = face[:, 62]
    opened = face.clone()
    opened[1, 66] += 0.33
    lengths = slice(2 * POINTS, 2 * POINTS + len(DISTANCES))
    change = geometry(opened)[lengths] - geometry(face)[lengths]
    assert change.nonzero().flatten().tolist() == [DISTANCES.index((62, 66))]
    assert change.max() == pytest.approx(1, abs=0.02)


def test_points_that_are_all_one_give_numbers() -> None:
    features = geometry(torch.full((2, POINTS), 0.5))
    assert len(features) == FEATURES
    assert features.isfinite().all()
