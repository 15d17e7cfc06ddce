"""Monte Carlo dropout (https://arxiv.org/abs/1506.02142): a net's answers while it drops."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from face_detect.crop import Pixels
from train.ask import BATCH
from train.contract import Contract
from train.inputs import normalise
from train.uncertainty.dropouts import dropouts
from train.uncertainty.first_part import first_part


@torch.inference_mode()
def mc_passes(
    net: nn.Module,
    contract: Contract,
    crops: Pixels,
    *,
    passes: Sequence[int],
    seed: int = 0,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> npt.NDArray[np.float32]:
    """The raw outputs [P, N, K] for RGB crops [N, S, S, 3], one row for each pass's number.

    Only dropout is as in training; batch norms are as in use. A pass of one number and seed is
    always the same, whichever passes are asked for beside it.
    """
    torch.set_flush_denormal(True)
    outputs = np.empty((len(passes), len(crops), contract.outputs), np.float32)
    with torch.random.fork_rng(devices=[]), _dropping(net), first_part(net) as part:
        for start in range(0, len(crops), BATCH):
            tensor = normalise(crops[start : start + BATCH], contract.input)
            batch = torch.from_numpy(tensor).permute(0, 3, 1, 2)
            part.forget()
            for row, number in enumerate(passes):
                part.begin_pass()
                torch.manual_seed(_seed(seed, number, start))
                outputs[row, start : start + BATCH] = net(batch).numpy()
            on_step(min(start + BATCH, len(crops)), len(crops))
    return outputs


@contextlib.contextmanager
def _dropping(net: nn.Module) -> Iterator[None]:
    net.eval()
    for layer in dropouts(net):
        layer.train()
    try:
        yield
    finally:
        net.eval()


def _seed(*parts: int) -> int:
    return int(np.random.SeedSequence(parts).generate_state(1)[0])
