"""What is fitted on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from train.crops import AskedFraming
from train.data.reading import Reading
from train.data.task import Task
from train.options import FitOptions


@dataclass(frozen=True, kw_only=True)
class TopUp:
    """Pictures of chosen labels that are added to what is learned from."""

    data: Path
    labels: tuple[str, ...]
    amount: int
    """So many of each label."""
    beside: tuple[Path, ...] = ()
    """Data that are judged on as well: nobody and no picture of them is added."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that decides what a run comes to."""

    data: Path
    name: str
    more: tuple[Path, ...] = ()
    """Data to learn from as well, each with parts of its own."""
    task: Task | None = None
    """What is asked about them; None: `head` alone."""
    net: str = "slim"
    size: int = 48
    channels: Literal["grey", "rgb"] = "grey"
    head: str = "emotion"
    framing: AskedFraming = "auto"
    reading: Reading = field(default_factory=Reading)
    valid_share: float = 0.1
    split_seed: int | None = None
    """What draws the parts; None: the options' seed. Runs to be compared by picture need one."""
    parted_as: Path | None = None
    """A model whose fit held back what this run does; where it does not tell, the seed draws."""
    judged: Literal["test", "valid"] = "test"
    """What the figures at the end are of; `valid` leaves the test part untouched."""
    most: str = ""
    """So many pictures of each label at most to learn from, or of some: "sad=500,fear=300"."""
    top_up: TopUp | None = None
    weights: Path | None = None
    """Where a fine-tuning begins."""
    teachers: tuple[Path, ...] = ()
    options: FitOptions = field(default_factory=FitOptions)
    parts: tuple[FitOptions, ...] = ()
    """Training in parts, one after another; none: all of the data at once."""

    @property
    def heads(self) -> tuple[str, ...]:
        """What the net will answer."""
        return (self.head,) if self.task is None else self.task.heads

    @property
    def all_data(self) -> tuple[Path, ...]:
        return (self.data, *self.more)

    @property
    def stages(self) -> tuple[FitOptions, ...]:
        """The options of each fit, in order."""
        return self.parts or (self.options,)

    @property
    def parting_seed(self) -> int:
        """What draws the parts."""
        return self.options.seed if self.split_seed is None else self.split_seed
