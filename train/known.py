"""Each head's answers to the pictures that know it."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor

from train.contract import Contract, Head


def known(
    contract: Contract, outputs: Tensor, targets: Tensor
) -> Iterator[tuple[Head, Tensor, Tensor]]:
    """The head, its columns of the outputs [N, K] and the true labels' indices: of the only head
    all targets [N], of several [N, H] those that are known."""
    for i, (head, columns) in enumerate(contract.head_slices()):
        if targets.ndim == 1:
            yield head, outputs, targets
        else:
            have = targets[:, i] >= 0
            yield head, outputs[have, columns], targets[have, i]
