"""What a study asks: the arms that are compared, and how often each is run."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from train.plan import Plan

METRICS = ("macro_recall", "macro_f1", "accuracy")
"""In the order in which every table has them."""
CHOSEN_BY = "macro_f1"
SEEDS = (0, 1, 2)


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One of the choices: a name, and the plan that it comes to."""

    name: str
    plan: Plan
    values: Mapping[str, str] = field(default_factory=dict)
    """Its value of each factor, as tables show it."""


@dataclass(frozen=True, kw_only=True)
class Study:
    """Each arm is run once a seed; all of them see one parting of the data."""

    name: str
    arms: tuple[Arm, ...]
    seeds: tuple[int, ...] = SEEDS
    reference: str | None = None
    """The arm that the others are compared with; None: the best."""
    design: str = "grid"
    prunes: bool = False
    """Whether a run that is worse than the median of those before it is stopped."""
    test: bool = False
    """Whether every run is judged on the test part, too, once."""
    hours: float | None = None
    """After so long no further run is begun; the same command goes on."""
    split_seed: int = 0

    def plan(self, arm: Arm, seed: int) -> Plan:
        """What one run of an arm is."""
        options = dataclasses.replace(arm.plan.options, seed=seed)
        return dataclasses.replace(
            arm.plan,
            name=f"{self.slug(arm)}-seed{seed}",
            options=options,
            parts=tuple(dataclasses.replace(part, seed=seed) for part in arm.plan.parts),
            split_seed=self.split_seed,
            judged="test" if self.test else "valid",
        )

    def slug(self, arm: Arm) -> str:
        """The arm's name as a folder may have it; numbered where two would be one."""
        slugs = [_slug(other.name) for other in self.arms]
        place = self.arms.index(arm)
        again = slugs[:place].count(slugs[place])
        return f"{slugs[place]}-{again + 1}" if again else slugs[place]


def _slug(name: str) -> str:
    text = re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-._")
    return text or "arm"
