"""Everything that self-training may choose. Each field is an option of `python -m train pseudo`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from train.options import FitOptions, Option

Forgetting = Literal["replay", "sample", "generated", "distil", "none", "old"]
"""`old` is no way but what ways are compared with: as many steps on the old data alone."""
Labels = Literal["hard", "soft"]
EVERY_RATE = 0.1
"""The highest rate of a round is this share of the rate that its net was fitted with."""


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """Which of a net's own answers it may learn from."""

    passes: Annotated[
        int,
        Option("answers to each face with dropout on; 0: one without, nothing said of doubt"),
    ] = 30
    sure: Annotated[float, Option("least probability, mean of the passes", most=1)] = 0.95
    information: float | None = None
    """Most mutual information of the passes, in nats; None: what is usual of right answers
    (`train.pseudo.usual_doubt`), for it depends on how much a net drops."""
    cap: str = "half"
    """Most faces of each label; `train.pseudo.caps` reads it."""


@dataclass(frozen=True, kw_only=True)
class Learning:
    """How a round learns from them."""

    labels: Annotated[Labels, Option("learn the likeliest label, or all probabilities")] = "hard"
    share: Annotated[
        float,
        Option("how much old data sample and generated have, of all", least=0.001, most=1),
    ] = 0.2
    generator_epochs: Annotated[
        int, Option("passes of generated's net over the old data", least=1)
    ] = 20
    follow: Annotated[float, Option("share of distil's loss that follows MODEL", most=1)] = 0.5
    fit: FitOptions = field(default_factory=FitOptions)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How long a course of rounds goes on. Not part of what a round comes to."""

    rounds: Annotated[int, Option("rounds at most", least=1)] = 5
    patience: Annotated[
        int, Option("stop after so many rounds in a row that are no gain; 0: never")
    ] = 1
