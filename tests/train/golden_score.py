"""Writes `tests/golden/score.json`: what the rule gives for a few small clips, for every language.

python -m tests.train.golden_score
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from tests.train.made_clips import acted, clip, faceless, noisy
from train.resample import Curves
from train.score import score
from train.score_options import ScoreOptions

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "score.json"
HAPPY = ("happy", 0.9)
SECONDS = 2.4
STRICT = ScoreOptions(band_s=0.0)
COARSE = ScoreOptions(rate_hz=10, max_offset_s=0.4, band_s=0.3)


def cases() -> dict[str, tuple[Curves, Curves, ScoreOptions]]:
    """Each fact of the rule once."""
    reference = small(played(0.6, 1.8, *HAPPY))
    late, other = small(played(0.8, 1.8, *HAPPY)), small(played(0.6, 1.8, "sad", 0.8))
    wavering = small(noisy(played(0.6, 1.8, *HAPPY), 0.1, seed=1))
    longer = clip(acted((0.9, 2.1, *HAPPY), seconds=3.5)[::3], first_s=7.25)
    stretched = tuple(7.25 + 0.1 * i + 0.03 * (i % 3) for i in range(len(longer.times_s)))
    default = ScoreOptions()
    return {
        "the same": (reference, reference, default),
        "another emotion": (reference, other, default),
        "begins late": (reference, late, default),
        "begins late, strictly": (reference, late, STRICT),
        "wavers": (reference, wavering, default),
        "the other way round": (wavering, reference, default),
        "no face for half a second": (reference, faceless(wavering, 1.0, 1.5), default),
        "uncertain at first": (unsure(reference, 8), wavering, default),
        "longer, at uneven times": (
            reference,
            dataclasses.replace(longer, times_s=stretched),
            default,
        ),
        "coarse": (wavering, late, COARSE),
        "one frame": (first(reference), first(other), default),
    }


def played(start_s: float, stop_s: float, label: str, height: float) -> Any:
    return acted((start_s, stop_s, label, height), seconds=SECONDS)


def small(values: Any) -> Curves:
    """Ten frames a second, and few digits: the file is read by people too."""
    made = clip(values[::3].round(3))
    times = tuple(round(i / 10, 1) for i in range(len(made.times_s)))
    return dataclasses.replace(made, times_s=times)


def unsure(curves: Curves, count: int) -> Curves:
    flags = tuple(i < count for i in range(len(curves.uncertain)))
    return dataclasses.replace(curves, uncertain=flags)


def first(curves: Curves) -> Curves:
    return Curves(
        labels=curves.labels,
        times_s=curves.times_s[:1],
        probabilities=curves.probabilities[:1],
        uncertain=curves.uncertain[:1],
    )


def golden() -> str:
    """The file's text: one line a case."""
    lines = [
        json.dumps(
            {
                "name": name,
                "reference": dataclasses.asdict(reference),
                "take": dataclasses.asdict(take),
                "options": dataclasses.asdict(options),
                "expected": dataclasses.asdict(score(reference, take, options)),
            },
            separators=(",", ":"),
        )
        for name, (reference, take, options) in cases().items()
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(golden(), encoding="utf-8")
