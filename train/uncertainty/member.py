"""A model as one of those that vote on a dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from face_detect.command import InputError
from train.checkpoint import CONTRACT, load
from train.contract import Contract, Head
from train.crops import AskedFraming, crops_of
from train.data.dataset import Dataset
from train.uncertainty.dropouts import dropouts
from train.uncertainty.kept_passes import kept_passes
from train.uncertainty.uncertainty import pass_probabilities
from train.uncertainty.vote import Member
from train.weights_digest import weights_digest

Step = Callable[[str, int, int], None]


def member(
    model: Path,
    dataset: Dataset,
    head: Head,
    *,
    name: str,
    passes: int,
    seed: int,
    kept: Path,
    framing: AskedFraming = "auto",
    on_step: Step = lambda what, done, total: None,
) -> Member:
    """Its answers, with the labels in `head`'s order; `kept` is where answers are kept.

    No other member has this `name`.
    """
    net, contract = load(model)
    own = _own_head(contract, head, model)
    crops = crops_of(
        dataset,
        contract,
        framing=framing,
        on_step=lambda done, total: on_step(f"{name}: faces", done, total),
    )
    outputs = kept_passes(
        kept,
        net,
        contract,
        crops.pixels,
        weights=weights_digest(model),
        passes=passes,
        seed=seed,
        on_step=lambda done, total: on_step(f"{name}: {passes} passes", done, total),
    )
    order = [own.labels.index(label) for label in head.labels]
    return Member(
        name=name,
        single=pass_probabilities(outputs.single[None], contract, head.name)[0][:, order],
        votes=pass_probabilities(outputs.votes, contract, head.name)[:, :, order],
        found=np.asarray(crops.found),
        drops=bool(dropouts(net)),
    )


def voted_head(models: Sequence[Path], name: str | None) -> Head:
    """The question that all of them answer, as the first one's contract has it."""
    first = Contract.read(models[0] / CONTRACT)
    head = next((each for each in first.heads if name in (None, each.name)), None)
    if head is None:
        raise InputError(f"{models[0]}: has no head {name!r}, only {[h.name for h in first.heads]}")
    for model in models[1:]:
        _own_head(Contract.read(model / CONTRACT), head, model)
    return head


def _own_head(contract: Contract, wanted: Head, model: Path) -> Head:
    for head in contract.heads:
        if head.name == wanted.name and set(head.labels) == set(wanted.labels):
            return head
    raise InputError(
        f"{model}: does not answer {wanted.name} by {', '.join(wanted.labels)}, so it cannot vote"
    )
