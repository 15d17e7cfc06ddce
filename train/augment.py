"""Augmentation on whole batches: what a webcam and a jittering face box do to a crop."""

from __future__ import annotations

import math

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from face_detect.crop import Pixels
from train.contract import Input
from train.draws import Draws
from train.options import Augment

LARGEST_ERASED = 1 / 3
JPEG_QUALITY = (30, 90)


def compress(pixels: Pixels, options: Augment, draws: Draws) -> Pixels:
    """Send some of the crops uint8 [N, S, S, C] through JPEG, as a webcam's stream does."""
    if not options.jpeg:
        return pixels
    draw, strength = draws.uniform(2, len(pixels))
    chosen = draw < options.jpeg
    quality = JPEG_QUALITY[0] + strength * (JPEG_QUALITY[1] - JPEG_QUALITY[0])
    result = pixels.copy()
    for i in chosen.nonzero().flatten().tolist():
        flags = [cv2.IMWRITE_JPEG_QUALITY, int(quality[i])]
        encoded = cv2.imencode(".jpg", pixels[i, ..., ::-1], flags)[1]
        decoded = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_UNCHANGED))
        result[i] = decoded.reshape(pixels[i].shape)[..., ::-1]
    return result


def augment(batch: Tensor, spec: Input, options: Augment, draws: Draws) -> Tensor:
    """Change a normalised batch [N, C, S, S]; what is drawn comes from `draws` alone."""
    batch = _move(batch, options, draws)
    if options.hue and batch.shape[1] == 3:
        mean, std = (
            torch.tensor(values, device=batch.device)[:, None, None]
            for values in (spec.mean, spec.std)
        )
        batch = (_turn_hue(batch * std + mean, options, draws) - mean) / std
    draw = _spread(batch, draws, 2)
    batch = batch * (1 + options.contrast * draw[0]) + options.brightness * draw[1]
    if options.blur:
        batch = _blur(batch, options, draws)
    if options.noise:
        strength = options.noise * _rand(batch, draws, 1)[0]
        noise = draws.normal(batch.shape).to(batch.device)
        batch = batch + strength * noise
    return _erase(batch, options, draws) if options.erase else batch


def blend(batch: Tensor, targets: Tensor, options: Augment, draws: Draws) -> tuple[Tensor, Tensor]:
    """Mixup (https://arxiv.org/abs/1710.09412) or CutMix (https://arxiv.org/abs/1905.04899).

    Targets are probabilities [N, K], and come back mixed as the pictures are. Processes that train
    together all blend, or none does; each blends its own pictures.
    """
    random = draws.random
    draw, share = torch.rand(2, generator=random).tolist()
    if draw >= options.mixup + options.cutmix:
        return batch, targets
    order = torch.randperm(len(batch), generator=random).to(batch.device)
    if draw < options.mixup:
        kept = max(share, 1 - share)
        return kept * batch + (1 - kept) * batch[order], _mixed(targets, order, kept)
    side = batch.shape[-1]
    cut = round(side * math.sqrt(share / 2))
    top, left = torch.randint(0, side - cut + 1, (2,), generator=random).tolist()
    batch = batch.clone()
    area = (..., slice(top, top + cut), slice(left, left + cut))
    batch[area] = batch[order][area]
    return batch, _mixed(targets, order, 1 - cut * cut / side**2)


def _mixed(targets: Tensor, order: Tensor, kept: float) -> Tensor:
    return kept * targets + (1 - kept) * targets[order]


def _rand(batch: Tensor, draws: Draws, kinds: int) -> Tensor:
    """Numbers from 0 to 1, [kinds, N, 1, 1, 1]."""
    return draws.uniform(kinds, len(batch))[..., None, None, None].to(batch.device)


def _spread(batch: Tensor, draws: Draws, kinds: int) -> Tensor:
    """Numbers from −1 to 1, [kinds, N, 1, 1, 1]."""
    return _rand(batch, draws, kinds) * 2 - 1


def _move(batch: Tensor, options: Augment, draws: Draws) -> Tensor:
    draw = _spread(batch, draws, 5).flatten(1)
    angle = draw[0] * math.radians(options.rotate)
    zoom = 1 + options.scale * draw[1]
    flip = torch.where(draw[2] < 2 * options.flip - 1, -1.0, 1.0)
    cos, sin = angle.cos() * zoom, angle.sin() * zoom
    shift = draw[3:] * options.shift * 2
    rows = [cos * flip, -sin, shift[0], sin * flip, cos, shift[1]]
    motion = torch.stack(rows, dim=1).reshape(-1, 2, 3)
    grid = F.affine_grid(motion, list(batch.shape), align_corners=False)
    return F.grid_sample(batch, grid, padding_mode="border", align_corners=False)


def _turn_hue(batch: Tensor, options: Augment, draws: Draws) -> Tensor:
    """Turn colours about the grey axis (Rodrigues' formula), which keeps every grey as it is."""
    angle = _spread(batch, draws, 1).flatten() * options.hue * 2 * math.pi
    cos, sin = angle.cos(), angle.sin() / math.sqrt(3)
    third = (1 - cos) / 3
    same, before, after = cos + third, third - sin, third + sin
    rows = [same, before, after, after, same, before, before, after, same]
    turn = torch.stack(rows, dim=1).reshape(-1, 3, 3)
    return torch.einsum("nij,njhw->nihw", turn, batch)


def _blur(batch: Tensor, options: Augment, draws: Draws) -> Tensor:
    """Average over three pixels along the rows, the columns, or both."""
    draw = _rand(batch, draws, 2)
    wide = F.avg_pool2d(F.pad(batch, (1, 1, 0, 0), mode="replicate"), (1, 3), stride=1)
    batch = torch.where(draw[0] < options.blur, wide, batch)
    high = F.avg_pool2d(F.pad(batch, (0, 0, 1, 1), mode="replicate"), (3, 1), stride=1)
    return torch.where(draw[1] < options.blur, high, batch)


def _erase(batch: Tensor, options: Augment, draws: Draws) -> Tensor:
    """Grey out a square, as a hand or a lamp would."""
    height, width = batch.shape[2:]
    draw = _rand(batch, draws, 4)
    reach = draw[0] * LARGEST_ERASED * (draw[1] < options.erase) / 2
    rows = torch.linspace(0, 1, height, device=batch.device)[:, None]
    columns = torch.linspace(0, 1, width, device=batch.device)
    inside = ((rows - draw[2]).abs() < reach) & ((columns - draw[3]).abs() < reach)
    return batch.masked_fill(inside, 0.0)
