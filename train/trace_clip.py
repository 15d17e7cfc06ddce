"""A clip's file and a model's folder to a trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from face_detect.build import build_tracker
from face_detect.media import read_frames
from train.checkpoint import load
from train.sequence.checkpoint import load_head
from train.trace import trace
from train.trace_file import Moment, Trace


def trace_clip(
    model: Path,
    clip: Path,
    *,
    smooth: bool = False,
    on_moment: Callable[[Moment], None] = lambda moment: None,
) -> Trace:
    """Every frame, found and framed as the model's contract says."""
    net, contract = load(model)
    wanted = contract.crop
    tracker = build_tracker(wanted.detector, size=wanted.detector_size, look=wanted.second_look)
    return trace(
        read_frames(clip),
        contract,
        net,
        tracker,
        smooth=smooth,
        sequence=load_head(model, contract) if smooth else None,
        on_moment=on_moment,
    )
