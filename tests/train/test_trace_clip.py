from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, cast

import pytest

from train.checkpoint import save
from train.contract import Contract
from train.nets import build_net
from train.sequence.checkpoint import save_head
from train.sequence.sequence_head import SequenceHead
from train.trace_clip import trace_clip


def test_only_where_it_is_smoothed_a_models_sequence_head_is_asked(
    contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = SequenceHead(2, 4)
    described = head.described(contract.heads[0])
    followed = dataclasses.replace(contract, net="slim:depth=1,width=0.1", sequence=described)
    save(build_net(followed), followed, tmp_path)
    save_head(head, tmp_path)
    monkeypatch.setattr("train.trace_clip.build_tracker", lambda *given, **named: None)
    monkeypatch.setattr("train.trace_clip.trace", lambda *given, **named: named)

    def asked(smooth: bool) -> Any:
        told = trace_clip(tmp_path, Path("clip.mp4"), smooth=smooth)
        return cast(dict[str, Any], told)["sequence"]

    assert asked(True).units == 4
    assert asked(False) is None
