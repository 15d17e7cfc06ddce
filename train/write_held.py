"""The names of what a run does not learn from, in its folder."""

from __future__ import annotations

from pathlib import Path

from train.aside import replacing
from train.gathered import Gathered
from train.judged_part import HELD_BACK, HELD_OUT


def write_held(data: Gathered, folder: Path) -> None:
    """What was held out where the data had no such part, and what was held back to choose by."""
    for file, names in ((HELD_OUT, data.drawn_names), (HELD_BACK, data.held_back_names)):
        if names:
            with replacing(folder / file) as stream:
                stream.write("".join(f"{name}\n" for name in names).encode())
