from __future__ import annotations

import numpy as np

from train.unfamiliar.auroc import auroc


def test_it_counts_the_pairs_in_the_right_order_and_equal_ones_half() -> None:
    assert auroc(np.array([3.0, 4.0]), np.array([1.0, 2.0])) == 1
    assert auroc(np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0])) == 0
    assert auroc(np.array([1.0, 1.0]), np.array([1.0])) == 0.5
    assert auroc(np.array([1.0, 3.0]), np.array([2.0, 3.0])) == (0 + 0 + 1 + 0.5) / 4
