from __future__ import annotations

import numpy as np

from train.unfamiliar.made_kinds import made_kinds


def test_each_kind_has_so_many_different_pictures_of_the_faces_size() -> None:
    faces = np.random.default_rng(0).integers(0, 256, (6, 24, 24, 3), dtype=np.uint8)
    for name, pictures in made_kinds(faces, 6, seed=0):
        assert pictures.shape == (6, 24, 24, 3), name
        assert len({picture.tobytes() for picture in pictures}) == 6, name


def test_a_hand_and_a_mask_leave_some_of_the_face() -> None:
    faces = np.full((3, 24, 24, 3), 255, np.uint8)
    kinds = dict(made_kinds(faces, 3, seed=0))
    for name in ("hand, drawn", "mask, drawn"):
        kept = (kinds[name] == 255).mean()
        assert 0.05 < kept < 0.95, name
