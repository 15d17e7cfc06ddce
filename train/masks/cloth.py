"""What a mask is made of: a colour, a weave, a pattern, and folds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float64]
"""[H, W] or [H, W, 3]."""
COLOURS = (
    (120, 170, 205),  # surgical blue
    (150, 200, 190),  # surgical green
    (238, 238, 235),  # white
    (35, 36, 40),  # black
    (215, 160, 175),  # pink
    (120, 122, 126),  # grey
)
_NAMED = 0.7
"""So often a colour is one of these; otherwise it is any."""
_PLAIN = 0.6


def cloth(across: Field, down: Field, random: np.random.Generator) -> Field:
    """Colours [H, W, 3] from 0 to 255 at places [H, W] in a face's own units."""
    colour = _colour(random)
    base = np.broadcast_to(colour, (*across.shape, 3))
    if random.random() > _PLAIN:
        pattern = _PATTERNS[int(random.integers(len(_PATTERNS)))](across, down, random)[..., None]
        base = base * (1 - pattern) + _colour(random) * pattern
    weave = _weave(across, down, random)[..., None]
    fold = _folds(across, down, random)[..., None]
    lit: Field = base * weave * fold
    return lit


def _colour(random: np.random.Generator) -> Field:
    if random.random() < _NAMED:
        named = np.array(COLOURS[int(random.integers(len(COLOURS)))], np.float64)
        return np.asarray(named + random.normal(0, 8, 3))
    return random.uniform(15, 245, 3)


def _weave(across: Field, down: Field, random: np.random.Generator) -> Field:
    """Threads too fine to count."""
    threads, depth = random.uniform(40, 140), random.uniform(0, 0.05)
    waves = np.sin(across * threads * 2 * np.pi) * np.sin(down * threads * 2 * np.pi)
    return np.asarray(1 + depth * waves)


def _folds(across: Field, down: Field, random: np.random.Generator) -> Field:
    """The pleats of a surgical mask, the seam of a shaped one, or none."""
    kind = random.integers(0, 3)
    depth = random.uniform(0.05, 0.2)
    if kind == 0:
        pleats = random.integers(2, 5)
        ramp = (down * pleats + random.random()) % 1.0
        return np.asarray(1 - depth * np.exp(-(ramp / 0.15)))
    if kind == 1:
        seam = np.exp(-((across / random.uniform(0.01, 0.04)) ** 2))
        return np.asarray(1 - depth * seam - random.uniform(0, 0.4) * np.abs(across))
    return np.ones_like(across)


def _stripes(across: Field, down: Field, random: np.random.Generator) -> Field:
    turn = random.uniform(0, np.pi)
    along = across * np.cos(turn) + down * np.sin(turn)
    bands = np.sin(along * random.uniform(4, 25) * 2 * np.pi)
    return np.asarray(bands > random.uniform(-0.3, 0.6), np.float64)


def _dots(across: Field, down: Field, random: np.random.Generator) -> Field:
    count, reach = random.uniform(5, 16), random.uniform(0.15, 0.4)
    x, y = across * count, down * count
    x = x + 0.5 * (np.floor(y) % 2)
    return np.asarray(np.hypot(x % 1 - 0.5, y % 1 - 0.5) < reach, np.float64)


def _checks(across: Field, down: Field, random: np.random.Generator) -> Field:
    count = random.uniform(4, 14)
    return np.asarray((np.floor(across * count) % 2 + np.floor(down * count) % 2) / 2)


def _print(across: Field, down: Field, random: np.random.Generator) -> Field:
    """Blots, as of flowers or camouflage."""
    total = np.zeros_like(across)
    for _ in range(5):
        along, athwart = random.normal(0, 5, 2)
        total += np.sin(2 * np.pi * (along * across + athwart * down + random.random()))
    return np.asarray(total > random.uniform(-0.5, 1.5), np.float64)


_PATTERNS: tuple[Callable[[Field, Field, np.random.Generator], Field], ...] = (
    _stripes,
    _dots,
    _checks,
    _print,
)
