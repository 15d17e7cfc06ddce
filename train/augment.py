"""Augmentation on whole batches: what a webcam and a jittering face box do to a crop."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True, kw_only=True)
class Augment:
    """How far each change may go; all of them are drawn per picture."""

    rotate_degrees: float = 12
    scale: float = 0.12
    shift: float = 0.08
    contrast: float = 0.3
    brightness: float = 0.2
    erase_chance: float = 0.25

    def __call__(self, batch: Tensor, random: torch.Generator) -> Tensor:
        """Change a normalised batch [N, C, S, S]."""
        moved = F.grid_sample(
            batch,
            F.affine_grid(self._motion(len(batch), random), list(batch.shape), align_corners=False),
            padding_mode="border",
            align_corners=False,
        )
        draw = torch.rand(len(batch), 2, 1, 1, 1, generator=random) * 2 - 1
        lit = moved * (1 + self.contrast * draw[:, 0]) + self.brightness * draw[:, 1]
        return self._erase(lit, random)

    def _motion(self, count: int, random: torch.Generator) -> Tensor:
        draw = torch.rand(count, 5, generator=random) * 2 - 1
        angle = draw[:, 0] * math.radians(self.rotate_degrees)
        zoom = 1 + self.scale * draw[:, 1]
        flip = torch.where(draw[:, 2] < 0, -1.0, 1.0)
        cos, sin = angle.cos() * zoom, angle.sin() * zoom
        shift = draw[:, 3:] * self.shift * 2
        rows = [cos * flip, -sin, shift[:, 0], sin * flip, cos, shift[:, 1]]
        return torch.stack(rows, dim=1).reshape(count, 2, 3)

    def _erase(self, batch: Tensor, random: torch.Generator) -> Tensor:
        """Grey out a square of up to a third of the side, as a hand or a lamp would."""
        count, _, height, width = batch.shape
        draw = torch.rand(count, 4, 1, 1, generator=random)
        side = draw[:, 0] / 3 * (draw[:, 1] < self.erase_chance)
        rows = torch.linspace(0, 1, height)[None, :, None]
        columns = torch.linspace(0, 1, width)[None, None, :]
        inside = ((rows - draw[:, 2]).abs() < side / 2) & ((columns - draw[:, 3]).abs() < side / 2)
        return batch.masked_fill(inside[:, None], 0.0)
