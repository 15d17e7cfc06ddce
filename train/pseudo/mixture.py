"""What a round learns from: faces that were chosen, and what holds forgetting off."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch

from train.loss import soft_targets
from train.samples import Samples


def mixture(new: Samples, old: Samples | None, smoothing: float) -> Samples:
    """Both together; where the new ones have soft labels, the old ones' become probabilities."""
    if old is None:
        return new
    soft = None
    if new.soft is not None:
        known = soft_targets(old.targets, old.classes, smoothing)
        soft = torch.cat([known, new.soft])
    return Samples(
        pixels=np.concatenate([old.pixels, new.pixels]),
        targets=torch.cat([old.targets, new.targets]),
        classes=old.classes,
        soft=soft,
    )


def at_least(samples: Samples, count: int, seed: int) -> Samples:
    """All of them again and again until there are so many, so that few take as many steps. Which
    come once more often than others is drawn: they lie by label."""
    if len(samples) >= count:
        return samples
    whole, rest = divmod(count, len(samples))
    more = np.random.default_rng(seed).permutation(len(samples))[:rest]
    places = np.concatenate([np.tile(np.arange(len(samples)), whole), more])
    chosen = torch.from_numpy(places)
    return dataclasses.replace(
        samples,
        pixels=samples.pixels[places],
        targets=samples.targets[chosen],
        soft=None if samples.soft is None else samples.soft[chosen],
    )


def sample_of(samples: Samples, share: float, seed: int) -> Samples:
    """This share of each label, one picture at least, drawn by the seed."""
    random = np.random.default_rng(seed)
    kept = []
    for label in range(samples.classes):
        own = np.flatnonzero(samples.targets.numpy() == label)
        count = min(len(own), max(1, round(share * len(own))))
        kept.append(random.permutation(own)[:count])
    places = np.sort(np.concatenate(kept))
    return dataclasses.replace(
        samples, pixels=samples.pixels[places], targets=samples.targets[torch.from_numpy(places)]
    )
