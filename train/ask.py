"""A net's answers to crops that are in memory."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from face_detect.crop import Pixels
from train.contract import Contract
from train.inputs import normalise

BATCH = 256


@torch.inference_mode()
def ask(
    net: nn.Module,
    contract: Contract,
    crops: Pixels,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> npt.NDArray[np.float32]:
    """The raw outputs [N, K] for RGB crops [N, S, S, 3], in order."""
    torch.set_flush_denormal(True)  # weights that died in training cost ten times as much
    net.eval()
    outputs = np.empty((len(crops), contract.outputs), np.float32)
    for start in range(0, len(crops), BATCH):
        tensor = normalise(crops[start : start + BATCH], contract.input)
        batch = torch.from_numpy(tensor).permute(0, 3, 1, 2)
        outputs[start : start + BATCH] = net(batch).numpy()
        on_step(min(start + BATCH, len(crops)), len(crops))
    return outputs
