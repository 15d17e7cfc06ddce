"""The head's weights beside the model's: `sequence.safetensors`."""

from __future__ import annotations

from pathlib import Path

import safetensors.torch

from train.checkpoint import load_weights
from train.contract import Contract
from train.sequence.sequence_head import SequenceHead

WEIGHTS = "sequence.safetensors"


def save_head(head: SequenceHead, folder: Path) -> None:
    """Write the weights into a model's folder; `staged` makes that whole."""
    state = {key: value.detach().contiguous() for key, value in head.state_dict().items()}
    safetensors.torch.save_file(state, folder / WEIGHTS)


def load_head(folder: Path, contract: Contract) -> SequenceHead | None:
    """The head that the contract of `models/<name>/` describes, if it does."""
    head = SequenceHead.of(contract)
    if head is None:
        return None
    load_weights(head, folder / WEIGHTS)
    return head.eval()
