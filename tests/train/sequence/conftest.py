"""Answers of a model that wavers, without a model."""

from __future__ import annotations

import numpy as np
import pytest

from train.sequence.sway import CAMERA_HZ
from train.sequence.takes import TAKE_S, Takes


@pytest.fixture(scope="session")
def takes() -> Takes:
    """24 stills of three labels, each mostly taken for what it is."""
    random = np.random.default_rng(0)
    truth = np.arange(24) % 3
    logits = random.standard_normal((24, TAKE_S * CAMERA_HZ, 3))
    logits[np.arange(24), :, truth] += 1.5
    powers = np.exp(logits)
    return Takes(said=(powers / powers.sum(2, keepdims=True)).astype(np.float32), truth=truth)
