"""Whether a net tells by its energy that a picture is no face that it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from torch import nn

from face_detect.command import InputError
from face_detect.crop import Pixels
from train.ask import ask
from train.contract import Contract, Head
from train.crops import AskedFraming, crops_of, detector_of
from train.data.dataset import Dataset
from train.familiarity import Energies, familiarity, unfamiliar
from train.judged_part import Part
from train.unfamiliar.auroc import auroc
from train.unfamiliar.made_kinds import made_kinds
from train.unfamiliar.squares import squares

KEPT = 0.95
"""The share of real faces that is kept by the threshold at which kinds are compared."""
COUNT = 1000
Step = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Pictures of one kind against real faces."""

    name: str
    pictures: int
    auroc: float
    flagged: float
    """Share below the energy that 95% of these faces reach."""
    flagged_by_contract: float | None
    """Share that the page shows as unfamiliar; None where the contract says nothing of that."""


@dataclass(frozen=True, kw_only=True)
class HeadUnfamiliarity:
    """What one head's energy tells."""

    head: Head
    least: float
    """The energy that 95% of these faces reach."""
    refused: float | None
    """The share of these faces that the page shows as unfamiliar."""
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, kw_only=True)
class Unfamiliarity:
    """A model's figures."""

    model: str
    data: str
    part: Part
    faces: int
    heads: tuple[HeadUnfamiliarity, ...]


@dataclass(frozen=True, kw_only=True)
class Strange:
    """What to judge by beside what is drawn."""

    photos: Dataset | None = None
    """Squares of them beside the faces are the kind "no face"."""
    others: Mapping[str, Dataset] = field(default_factory=dict)
    """By what they are called: faces with masks, say."""
    count: int = COUNT
    """So many pictures of every drawn kind, and so many squares at most."""
    seed: int = 0


def judge_unfamiliar(
    net: nn.Module,
    contract: Contract,
    faces: Dataset,
    strange: Strange,
    *,
    part: Part = "all",
    framing: AskedFraming = "auto",
    on_step: Step = lambda done, total: None,
) -> Unfamiliarity:
    """Ask the net about real faces and about every kind of strange picture."""
    if contract.output != "logits":
        raise InputError(f"{contract.name}: gives probabilities, which have no energy to judge by")
    known = _found(faces, contract, framing, on_step)
    real = familiarity(ask(net, contract, known), contract)
    kinds = {
        name: familiarity(ask(net, contract, pictures), contract)
        for name, pictures in _kinds(known, contract, strange, on_step)
    }
    heads = [
        _head(head, real[i], {name: energies[i] for name, energies in kinds.items()})
        for i, head in enumerate(contract.heads)
    ]
    return Unfamiliarity(
        model=contract.name, data=faces.name, part=part, faces=len(known), heads=tuple(heads)
    )


def _kinds(
    faces: Pixels, contract: Contract, strange: Strange, on_step: Step
) -> Iterator[tuple[str, Pixels]]:
    if strange.photos is not None:
        size, count = contract.input.size, strange.count
        detector = detector_of(contract)
        yield "no face", squares(strange.photos, detector, size, count, strange.seed, on_step)
    yield from made_kinds(faces, strange.count, strange.seed)
    for name, dataset in strange.others.items():
        # How the faces are framed says nothing of these.
        yield name, _found(dataset, contract, "auto", on_step)


def _found(dataset: Dataset, contract: Contract, framing: AskedFraming, on_step: Step) -> Pixels:
    crops = crops_of(dataset, contract, framing=framing, on_step=on_step)
    if not crops.found.any():
        raise InputError(f"{dataset.name}: no face was found in its pictures")
    return crops.pixels[crops.found]


def _head(head: Head, real: Energies, kinds: Mapping[str, Energies]) -> HeadUnfamiliarity:
    least = float(np.quantile(real, 1 - KEPT))
    return HeadUnfamiliarity(
        head=head,
        least=least,
        refused=_refused(head, real),
        kinds=tuple(
            Kind(
                name=name,
                pictures=len(energies),
                auroc=auroc(real, energies),
                flagged=float((energies < least).mean()),
                flagged_by_contract=_refused(head, energies),
            )
            for name, energies in kinds.items()
        ),
    )


def _refused(head: Head, energies: Energies) -> float | None:
    return None if head.familiar_above is None else float(unfamiliar(head, energies).mean())
