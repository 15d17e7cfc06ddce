"""Noise to judge by, of kinds that nothing learns from: a sensor's, dead pixels, clouds, static."""

from __future__ import annotations

import numpy as np

from face_detect.crop import Pixels


def noise(size: int, random: np.random.Generator) -> Pixels:
    """One picture of it, RGB [size, size, 3]; in half of them all channels are alike."""
    kind = _KINDS[random.integers(len(_KINDS))]
    values = kind((size, size, 1 if random.random() < 0.5 else 3), random)
    return np.clip(np.floor(np.broadcast_to(values, (size, size, 3)) + 0.5), 0, 255).astype(
        np.uint8
    )


def _sensor(shape: tuple[int, int, int], random: np.random.Generator) -> np.ndarray:
    """Normal noise about a level, as of a camera in the dark."""
    return random.normal(random.uniform(0, 255), random.uniform(5, 90), shape)


def _dead(shape: tuple[int, int, int], random: np.random.Generator) -> np.ndarray:
    """Salt and pepper on an even field."""
    share = random.uniform(0.02, 0.6)
    ends = np.where(random.random(shape) < 0.5, 0.0, 255.0)
    return np.where(random.random(shape) < share, ends, random.uniform(0, 255))


def _clouds(shape: tuple[int, int, int], random: np.random.Generator) -> np.ndarray:
    """Noise whose strength falls with its frequency, as photographs' does."""
    rows, columns = np.fft.fftfreq(shape[0]), np.fft.fftfreq(shape[1])
    frequency = np.hypot(rows[:, None], columns[None, :])[..., None]
    frequency[0, 0] = np.inf
    fall = np.power(frequency, -random.uniform(0.7, 2))
    waves = np.fft.fft2(random.normal(size=shape), axes=(0, 1)) * fall
    field = np.fft.ifft2(waves, axes=(0, 1)).real
    clouds: np.ndarray = random.uniform(60, 200) + random.uniform(20, 70) * field / field.std()
    return clouds


def _static(shape: tuple[int, int, int], random: np.random.Generator) -> np.ndarray:
    """Rows that are out of step, as of a broken video signal."""
    rows = random.normal(128, random.uniform(20, 80), (shape[0], 1, shape[2]))
    return rows + random.normal(0, random.uniform(5, 40), shape)


_KINDS = (_sensor, _dead, _clouds, _static)
