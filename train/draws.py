"""What is drawn for a step's pictures: the same for each, whichever of the processes shows it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import torch
from torch import Tensor

SEEDS = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Worker:
    """One of the processes that train together."""

    number: int = 0
    count: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))


@dataclass(frozen=True, kw_only=True)
class Draws:
    """Every process draws for all pictures of a step, and takes the rows of its own."""

    random: torch.Generator
    worker: Worker = field(default_factory=Worker)

    @classmethod
    def of(cls, worker: Worker, *numbers: int) -> Draws:
        """The same for the same numbers: an epoch's seed and its step."""
        random = torch.Generator().manual_seed(seed_of(*numbers))
        return cls(random=random, worker=worker)

    def uniform(self, kinds: int, pictures: int) -> Tensor:
        """Numbers from 0 to 1, [kinds, pictures], drawn on the CPU so that a seed fixes them."""
        whole = torch.rand(kinds, pictures * self.worker.count, generator=self.random)
        return whole[:, self.worker.number :: self.worker.count]

    def seed(self) -> int:
        """One for this process' own use."""
        whole = torch.randint(SEEDS, (self.worker.count,), generator=self.random)
        return int(whole[self.worker.number])

    def normal(self, shape: torch.Size) -> Tensor:
        """Normal numbers [pictures, ...], from a seed a picture: all of theirs would be many."""
        whole = torch.randint(SEEDS, (shape[0] * self.worker.count,), generator=self.random)
        own = torch.Generator()
        found = torch.empty(shape)
        for row, seed in zip(found, whole[self.worker.number :: self.worker.count], strict=True):
            row.normal_(generator=own.manual_seed(int(seed)))
        return found


def seed_of(*numbers: int) -> int:
    """One seed for several numbers, none of which another's can be taken for."""
    digest = hashlib.blake2b(repr(numbers).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % SEEDS
