"""Inputs that bring a wrong layout, a dropped bias or a shifted pixel to light."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Tensor = npt.NDArray[np.float32]
_SCALES = (1.0, 1.0, 0.1, 3.0)


def probes(shape: tuple[int, ...], seed: int = 0) -> Tensor:
    """Noise of several sizes, nothing at all, and one ramp along each axis."""
    rng = np.random.default_rng(seed)
    noise = [rng.standard_normal(shape) * scale for scale in _SCALES]
    ramps = [_ramp(shape, axis) for axis in range(len(shape))]
    return np.stack([*noise, np.zeros(shape), *ramps]).astype(np.float32)


def disagreement(reference: Tensor, found: Tensor) -> float:
    """The largest difference, as a share of the largest answer; infinite for unlike shapes."""
    if reference.shape != found.shape or not np.isfinite(found).all():
        return float("inf")
    return float(np.abs(found - reference).max() / (np.abs(reference).max() or 1.0))


def _ramp(shape: tuple[int, ...], axis: int) -> npt.NDArray[np.float64]:
    line = np.linspace(-1.5, 1.5, shape[axis])
    along = [-1 if i == axis else 1 for i in range(len(shape))]
    return np.broadcast_to(line.reshape(along), shape)
