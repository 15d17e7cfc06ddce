"""What a net is judged by that needs no data: noise, cartoons, and faces behind something."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from face_detect.crop import Pixels
from train.unfamiliar.cartoon import cartoon
from train.unfamiliar.cover import hand_over, mask_over
from train.unfamiliar.noise import noise


def made_kinds(faces: Pixels, count: int, seed: int) -> Iterator[tuple[str, Pixels]]:
    """Each kind's name and pictures [count, S, S, 3]; some are made of faces [N, S, S, 3]."""
    random = np.random.default_rng(seed)
    size = faces.shape[1]
    yield "noise", np.stack([noise(size, random) for _ in range(count)])
    yield "cartoon", np.stack([cartoon(size, random) for _ in range(count)])
    chosen = faces[random.permutation(len(faces))[:count]]
    yield "hand, drawn", np.stack([hand_over(face, random) for face in chosen])
    yield "mask, drawn", np.stack([mask_over(face, random) for face in chosen])
