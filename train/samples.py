"""A dataset in memory, as the net's input layer sees it, and the batches that are made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from face_detect.command import InputError
from face_detect.crop import Pixels
from train.augment import augment, blend, compress
from train.contract import Contract, Head, Input
from train.crops import crops_of
from train.data.dataset import Framing, Problem
from train.data.record import Record
from train.draw_epoch import draw_epoch
from train.draws import Draws, Worker
from train.inputs import channels_of, normalised
from train.loss import class_weights, soft_targets
from train.options import FitOptions
from train.store.stored_pixels import StoredPixels
from train.unfamiliar.strangers import strangers


@dataclass(frozen=True, kw_only=True)
class Samples:
    """Crops at the net's size, in its channels, uint8 [N, S, S, C], and the labels' indices."""

    pixels: Pixels | StoredPixels
    targets: Tensor
    classes: int
    soft: Tensor | None = None
    """Probabilities [N, K] to learn from instead of the labels, where those are unsure."""

    def __len__(self) -> int:
        return len(self.targets)

    def inputs(self, chosen: Tensor, spec: Input) -> Tensor:
        """The chosen ones as the net's input [n, C, S, S], with channels last in memory."""
        tensor = normalised(self.pixels[chosen.numpy()], spec)
        return torch.from_numpy(tensor).permute(0, 3, 1, 2)

    def counts(self) -> Tensor:
        """How many there are of each label."""
        return torch.bincount(self.targets, minlength=self.classes)

    def rows(self, chosen: Tensor, smoothing: float) -> Tensor:
        """What to learn from of the chosen ones: probabilities [n, K]."""
        if self.soft is not None:
            return self.soft[chosen]
        return soft_targets(self.targets[chosen], self.classes, smoothing)

    def weights(self, power: float) -> Tensor:
        """What each label's loss counts, by its rarity to this power."""
        return class_weights(self.counts(), power)

    def order(self, options: FitOptions, random: torch.Generator, draws: int) -> Tensor:
        """An epoch's draws, of which the first `draws` are shown."""
        return order_of(self, options.balance, random)

    def fingerprint(self) -> str:
        """A hash over every pixel and label."""
        found = hashlib.sha256(self.targets.numpy().tobytes())
        for part in np.array_split(np.arange(len(self)), len(self) // 4096 + 1):
            found.update(np.ascontiguousarray(self.pixels[part]).data)
        if self.soft is not None:
            found.update(self.soft.numpy().tobytes())
        return found.hexdigest()


@dataclass(frozen=True, kw_only=True)
class HeadSamples(Samples):
    """Of several heads: targets [N, H], −1 where a picture does not know one; all heads' labels
    side by side as the net's columns are."""

    sizes: tuple[int, ...]
    """How many labels each head has."""

    def counts(self) -> Tensor:
        """How many there are of each head's labels, side by side."""
        found = []
        for i, size in enumerate(self.sizes):
            known = self.targets[:, i]
            found.append(torch.bincount(known[known >= 0], minlength=size))
        return torch.cat(found)

    def rows(self, chosen: Tensor, smoothing: float) -> Tensor:
        """Nought in all columns of a head that is not known: cross-entropy of that is nought."""
        found = []
        for i, size in enumerate(self.sizes):
            label = self.targets[chosen, i]
            known = (label >= 0)[:, None]
            found.append(soft_targets(label.clamp(min=0), size, smoothing) * known)
        return torch.cat(found, dim=1)

    def weights(self, power: float) -> Tensor:
        """By rarity among its own head's."""
        counts = torch.split(self.counts(), list(self.sizes))
        return torch.cat([class_weights(each, power) for each in counts])

    def order(self, options: FitOptions, random: torch.Generator, draws: int) -> Tensor:
        """Shares are planned for what is shown: what whole batches leave over would change them."""
        return draw_epoch(self.targets, options.balance, options.balance_heads, random, draws)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What one step learns from."""

    inputs: Tensor
    """Faces, and after them made strangers, if there are any."""
    targets: Tensor
    """Probabilities [n, K], of the faces alone; nought in the columns of an unknown head."""


def load_samples(
    records: Sequence[Record],
    contract: Contract,
    *,
    framing: Framing = "crop",
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Samples, tuple[Problem, ...]]:
    """The records' crops as the browser makes them, and the records that gave none."""
    targets = targets_of(records, contract)  # before hours go into cutting
    crops = crops_of(records, contract, framing=framing, on_step=on_step)
    pixels = channels_of(crops.pixels, contract.input)[crops.found]
    return samples_of(pixels, targets[torch.from_numpy(crops.found)], contract), crops.problems


def samples_of(pixels: Pixels | StoredPixels, targets: Tensor, contract: Contract) -> Samples:
    """Crops and what `targets_of` says of them."""
    if len(contract.heads) == 1:
        return Samples(pixels=pixels, targets=targets, classes=contract.outputs)
    sizes = tuple(len(head.labels) for head in contract.heads)
    return HeadSamples(pixels=pixels, targets=targets, classes=contract.outputs, sizes=sizes)


def targets_of(records: Sequence[Record], contract: Contract) -> Tensor:
    """Labels' indices [N] of the only head, which every picture knows; or of several [N, H], and −1
    where a picture does not know one."""
    if len(contract.heads) == 1:
        return torch.tensor([_index(record, contract.heads[0]) for record in records])
    return torch.tensor(
        [
            [_index(record, head) if head.name in record.labels else -1 for head in contract.heads]
            for record in records
        ]
    ).reshape(-1, len(contract.heads))


def _index(record: Record, head: Head) -> int:
    label = record.labels.get(head.name)
    if label not in head.labels:
        raise InputError(f"{record.name}: label {label!r} is not one of {list(head.labels)}")
    return head.labels.index(label)


def order_of(samples: Samples, balance: float, random: torch.Generator) -> Tensor:
    """Every sample once; or, balanced, as many draws in which rare labels come more often."""
    if not balance:
        return torch.randperm(len(samples), generator=random)
    rarity = samples.counts().clamp(min=1).double() ** -balance
    weights = rarity[samples.targets]
    return torch.multinomial(weights, len(samples), replacement=True, generator=random)


def steps_of(samples: Samples, options: FitOptions, worker: Worker) -> int:
    """An epoch's whole batches, in each of the processes that share them."""
    return len(samples) // (options.batch * worker.count)


def batches(
    samples: Samples,
    spec: Input,
    options: FitOptions,
    seed: int,
    worker: Worker,
    first: int = 0,
) -> Iterator[Batch]:
    """An epoch's whole batches from the one numbered `first`, augmented; the next is made while a
    step runs. What is drawn for a picture depends on neither the batches before nor the workers."""
    steps = steps_of(samples, options, worker)
    draws = steps * options.batch * worker.count
    random = torch.Generator().manual_seed(seed)
    order = samples.order(options, random, draws)[:draws]
    if isinstance(samples.pixels, StoredPixels):
        order = samples.pixels.near(order, random)
    chosen = torch.split(order[worker.number :: worker.count], options.batch)

    def make(step: int) -> Batch:
        torch.set_flush_denormal(True)  # the setting belongs to the thread
        drawn = Draws.of(worker, seed, step)
        return _make(samples, chosen[step], spec, options, drawn, worker.device)

    with ThreadPoolExecutor(1) as ahead:
        waiting = [ahead.submit(make, step) for step in range(first, min(first + 1, steps))]
        for step in range(first, steps):
            ready = waiting.pop()
            if step + 1 < steps:
                waiting.append(ahead.submit(make, step + 1))
            yield ready.result()


def _make(
    samples: Samples,
    chosen: Tensor,
    spec: Input,
    options: FitOptions,
    draws: Draws,
    device: torch.device,
) -> Batch:
    faces = samples.pixels[chosen.numpy()]
    pixels = compress(_with_strangers(faces, options, draws), options.augment, draws)
    inputs = torch.from_numpy(normalised(pixels, spec)).permute(0, 3, 1, 2).to(device)
    soft = samples.rows(chosen, options.label_smoothing)
    changed = augment(inputs, spec, options.augment, draws)
    known, strange = changed[: len(chosen)], changed[len(chosen) :]
    blended, targets = blend(known, soft.to(device), options.augment, draws)
    inputs = torch.cat([blended, strange]) if len(strange) else blended
    return Batch(inputs=inputs.contiguous(memory_format=torch.channels_last), targets=targets)


def _with_strangers(faces: Pixels, options: FitOptions, draws: Draws) -> Pixels:
    count = round(len(faces) * options.strangers)
    if not count:
        return faces
    return np.concatenate([faces, strangers(faces, count, np.random.default_rng(draws.seed()))])
