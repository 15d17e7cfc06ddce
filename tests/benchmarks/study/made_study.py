"""A study's folder with nets that nobody trained, small enough to export in a test."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn

from train.checkpoint import save
from train.contract import FER_LABELS, Contract, Head, Input
from train.nets import build_net


class Warping(nn.Module):
    """It looks at its picture through `grid_sample`, which ONNX 13 does not have."""

    def __init__(self, outputs: int, channels: int) -> None:
        super().__init__()
        self.last = nn.Linear(channels * 16 * 16, outputs)

    def forward(self, x: Tensor) -> Tensor:
        grid = torch.zeros(len(x), 16, 16, 2)
        found: Tensor = self.last(
            nn.functional.grid_sample(x, grid, align_corners=False).flatten(1)
        )
        return found


def made_study(folder: Path, **nets: str) -> Path:
    """By the arm's name its net; each is a little better than the one before."""
    arms = []
    for place, (name, net) in enumerate(nets.items()):
        model = folder / "models" / name
        write_model(model, net)
        share = 0.5 + place / 10
        arms.append({"name": name, "model": f"models/{name}", "accuracy": share, "macro_f1": share})
    folder.mkdir(exist_ok=True)
    (folder / "study.json").write_text(json.dumps({"name": "made", "arms": arms}))
    return folder


def write_model(folder: Path, net: str) -> None:
    """The same weights each time."""
    contract = Contract(
        name=folder.name,
        net=net,
        heads=(Head(name="emotion", labels=FER_LABELS),),
        input=Input(size=48, channels="grey", mean=(0.5,), std=(0.5,)),
    )
    torch.manual_seed(0)
    save(build_net(contract), contract, folder)
