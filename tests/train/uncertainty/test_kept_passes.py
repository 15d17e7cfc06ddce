from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from face_detect.crop import Pixels
from train.contract import Contract
from train.nets import build_net
from train.uncertainty import kept_passes as module
from train.uncertainty import mc_passes as mc
from train.uncertainty.kept_passes import Passes, kept_passes


def test_only_passes_that_were_never_asked_for_are_asked_for(
    contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    net = build_net(contract)
    crops = np.random.default_rng(0).integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)
    asked: list[list[int]] = []

    def mc_passes(*given: Any, passes: range, **others: Any) -> Any:
        asked.append(list(passes))
        return mc.mc_passes(*given, passes=passes, **others)

    monkeypatch.setattr(module, "mc_passes", mc_passes)

    def ask(crops: Pixels, passes: int, weights: str = "a", seed: int = 0) -> Passes:
        return kept_passes(
            tmp_path, net, contract, crops, weights=weights, passes=passes, seed=seed
        )

    few, many, again = ask(crops, 2), ask(crops, 5), ask(crops, 3)
    assert asked == [[0, 1], [2, 3, 4]]
    assert (many.votes[:2] == few.votes).all()
    assert (again.votes == many.votes[:3]).all()
    ask(crops[::-1], 1)
    ask(crops, 1, seed=1)
    ask(crops, 1, weights="b")
    assert asked[2:] == [[0], [0], [0]]


def test_answers_that_cannot_be_written_leave_nothing_half_written(
    contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(stream: Any, **arrays: Any) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    crops = np.zeros((2, 32, 32, 3), np.uint8)
    with pytest.raises(OSError, match="No space left"):
        kept_passes(tmp_path, build_net(contract), contract, crops, weights="a", passes=1)
    assert not [*tmp_path.iterdir()]
