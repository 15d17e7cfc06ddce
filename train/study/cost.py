"""What a net costs: its numbers, their bytes, and the multiplications of one picture."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.utils.flop_counter import FlopCounterMode

from train.contract import Contract
from train.nets import build_net


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one net at its input's size."""

    parameters: int
    multiply_adds: int
    weight_bytes: int
    """Of all tensors as they are kept, the batch norms' means and deviations among them."""


@torch.inference_mode()
def cost(contract: Contract) -> Cost:
    """Count them on the untrained net, by shapes alone: memory may be too small for it."""
    size, depth = contract.input.size, contract.input.depth
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        net = build_net(contract).eval()
        net(torch.zeros(1, depth, size, size))
    return Cost(
        parameters=sum(parameter.numel() for parameter in net.parameters()),
        multiply_adds=counter.get_total_flops() // 2,
        weight_bytes=sum(tensor.nbytes for tensor in net.state_dict().values()),
    )
