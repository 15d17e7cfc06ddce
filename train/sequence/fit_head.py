"""Fit a recurrent head to made sequences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from train.sequence.make_clips import ONSET_S, Clips, make_clips
from train.sequence.sequence_head import SequenceHead
from train.sequence.takes import Takes

RATES_HZ = (8.0, 30.0)
"""Answers a second of the clips that it learns from: slow machines', and a camera's."""
_LEAST = 1e-4


@dataclass(frozen=True, kw_only=True)
class HeadOptions:
    """How a head is fitted."""

    units: int = 16
    steps: int = 400
    clips: int = 32
    """In each step."""
    answers: int = 96
    """Of each clip."""
    calm: float = 0.2
    """What a change of all probabilities once a second costs while the truth stays, in nats."""
    rate: float = 1e-2
    seed: int = 0


def fit_head(
    takes: Takes,
    options: HeadOptions,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> SequenceHead:
    """Learn to say at once what the model says on average while the truth stays, and to stay calm.

    Not the truth itself: where the model is wrong about a still, no smoothing can know.
    """
    random = np.random.default_rng(options.seed)
    with torch.random.fork_rng():
        torch.manual_seed(options.seed)
        head = SequenceHead(takes.said.shape[2], options.units)
    optimizer = torch.optim.AdamW(head.parameters(), lr=options.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=options.steps
    )
    for step in range(options.steps):
        clips = make_clips(
            takes,
            options.clips,
            options.answers,
            rates_hz=RATES_HZ,
            onset_s=ONSET_S,
            random=random,
        )
        loss = _loss(head, clips, options.calm)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        on_step(step + 1, options.steps)
    return head.eval()


def _loss(head: SequenceHead, clips: Clips, calm: float) -> Tensor:
    gaps = torch.from_numpy(clips.gaps_s)
    said: Tensor = head(torch.from_numpy(clips.said), gaps)
    wrong = -(torch.from_numpy(clips.steady()) * said.clamp(min=_LEAST).log()).sum(2).mean()
    stays = torch.from_numpy(np.diff(clips.stretch, axis=1) == 0)
    restless = ((said[:, 1:] - said[:, :-1]).abs().sum(2) / 2 * stays).sum() / gaps.sum()
    return wrong + calm * restless
