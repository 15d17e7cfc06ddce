from __future__ import annotations

import numpy as np

from train.contract import Contract
from train.nets import build_net
from train.sequence.takes import takes


def test_every_still_is_asked_about_in_every_frame(contract: Contract) -> None:
    crops = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    (head,) = contract.heads
    found = takes(build_net(contract), contract, head, crops, np.array([0, 1]), seed=0)
    assert found.said.shape == (2, 90, 2)
    assert np.allclose(found.said.sum(2), 1)
