"""A clip's trace, with a bar while it is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from face_detect.command import InputError

if TYPE_CHECKING:
    from train.trace_file import Trace


def check_clip(clip: Path) -> None:
    """Complain of what is no video, before a model is loaded."""
    from face_detect.media import is_video

    if clip.is_dir():
        raise InputError(f"{clip}: is a folder, not a video")
    if not clip.is_file():
        raise InputError(f"{clip}: is not a file")
    if not is_video(clip):
        raise InputError(f"{clip}: is not a video by its name")


def trace_with_bar(model: Path, clip: Path, *, smooth: bool = False) -> Trace:
    """As `trace_clip`, on one core."""
    import torch

    from face_detect.media import count_frames
    from train.trace_clip import trace_clip

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # one small picture at a time loses more to threads than it gains
    try:
        with _bar() as bar:
            task = bar.add_task(clip.name[:40], total=count_frames(clip))
            return trace_clip(model, clip, smooth=smooth, on_moment=lambda _: bar.advance(task))
    finally:
        torch.set_num_threads(threads)


def _bar() -> Progress:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    hidden = not console.is_terminal
    return Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True, disable=hidden
    )
