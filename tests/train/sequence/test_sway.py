from __future__ import annotations

import numpy as np

from train.sequence.sway import sway

CROP = np.tile(np.arange(0, 240, 10, dtype=np.uint8)[:, None, None], (1, 24, 3))


def test_a_still_moves_a_little_from_frame_to_frame_and_stays_the_same_face() -> None:
    shown = sway(CROP, 30, np.random.default_rng(0)).astype(int)
    steps = np.abs(np.diff(shown, axis=0)).mean((1, 2, 3))
    assert (steps > 0).all()
    assert steps.mean() < np.abs(shown[-1] - shown[-1][::-1]).mean() / 4


def test_the_same_seed_sways_the_same_way() -> None:
    one, other, third = (sway(CROP, 5, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (one == other).all()
    assert (one != third).any()
