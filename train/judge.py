"""A model's answers to a dataset, judged: by its labels, or without any by their stability."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from torch import nn

from face_detect.command import InputError
from face_detect.crop import Pixels
from train.ask import ask
from train.assess import Assessment, assess
from train.calibration import Probabilities
from train.contract import Contract, Head
from train.crops import AskedFraming, Crops, crops_of, resolve_framing
from train.data.dataset import Dataset, Framing
from train.data.record import Record
from train.data.task import Task
from train.derived import derived
from train.evaluate import Indices
from train.examples import Gallery, gallery
from train.familiarity import Energies, familiarity
from train.inputs import probabilities
from train.judged_part import Part
from train.slices import Groups, attribute_groups, said_groups, size_groups
from train.stability import Stability, stability

Step = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class HeadJudgement:
    """One head on the pictures whose label is one of its own."""

    assessment: Assessment
    gallery: Gallery
    unlabelled: int
    """Pictures without a label for this head, or with one that it does not know."""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Everything that a dataset says about a model."""

    contract: Contract
    data: str
    part: Part
    """Which pictures of the data."""
    framing: Framing
    pictures: int
    problems: dict[str, int]
    """How often each thing went wrong while reading and finding faces."""
    heads: tuple[HeadJudgement, ...]
    stabilities: tuple[Stability, ...]
    """Of the heads that the data have no labels for."""
    derived: tuple[HeadJudgement, ...] = ()
    """Of the table's other heads, whose answers follow from the net's."""


def judge(
    net: nn.Module,
    contract: Contract,
    dataset: Dataset,
    *,
    part: Part = "all",
    framing: AskedFraming = "auto",
    task: Task | None = None,
    on_step: Step = lambda done, total: None,
) -> Judgement:
    """Cut every face as the page would, ask the net, and judge each head.

    `part` says which pictures of the data these are (`judged_part`). By the `task` that the records
    were read with those of its heads are judged, too, that follow from the net's answers.
    """
    if not dataset.records:
        raise InputError(f"{dataset.name}: holds no pictures to evaluate on")
    crops = crops_of(dataset, contract, framing=framing, on_step=on_step)
    outputs = ask(net, contract, crops.pixels)
    answers, energies = probabilities(outputs, contract), familiarity(outputs, contract)
    heads, stabilities = [], []
    truths = [truth_of(dataset.records, head) for head in contract.heads]
    said = [
        group
        for head, own, truth in zip(contract.heads, answers, truths, strict=True)
        if not (truth >= 0).any()
        for group in said_groups(said_name(head), head.labels, own.argmax(1), crops.found)
    ]
    for number, head in enumerate(contract.heads):
        truth = truths[number]
        if (truth >= 0).any():
            own = answers[number]
            heads.append(
                _judge_head(head, dataset.records, crops, own, truth, said, energies[number])
            )
        else:
            again = partial(_ask_head, net, contract, number)
            stabilities.append(_stability(head, dataset, crops, energies[number], again))
    counts = dataset.problem_counts()
    for problem in crops.problems:
        counts[problem.kind] = counts.get(problem.kind, 0) + 1
    return Judgement(
        contract=contract,
        data=dataset.name,
        part=part,
        framing=resolve_framing(framing, dataset, contract.crop),
        pictures=len(dataset.records),
        problems=counts,
        heads=tuple(heads),
        stabilities=tuple(stabilities),
        derived=tuple(_derived(dataset, crops, contract, answers, task)) if task else (),
    )


def _derived(
    dataset: Dataset,
    crops: Crops,
    contract: Contract,
    answers: Sequence[Probabilities],
    task: Task,
) -> Iterator[HeadJudgement]:
    for head, own in derived(contract.heads, answers, task):
        rule = task.only([head.name])
        records = tuple(replace(each, labels=rule(each.labels)) for each in dataset.records)
        truth = truth_of(records, head)
        if (truth >= 0).any():
            yield _judge_head(head, records, crops, own, truth, [])


def said_name(head: Head) -> str:
    """What slices are called that another head's answers make."""
    return f"{head.name}, as the model says"


def truth_of(records: tuple[Record, ...], head: Head) -> Indices:
    """Indices of the true labels, −1 where there is none that the head knows."""
    place = {label: i for i, label in enumerate(head.labels)}
    return np.array([place.get(record.labels.get(head.name, ""), -1) for record in records])


def _judge_head(
    head: Head,
    records: tuple[Record, ...],
    crops: Crops,
    answers: Probabilities,
    truth: Indices,
    said: Groups,
    energies: Energies | None = None,
) -> HeadJudgement:
    known = np.flatnonzero(truth >= 0)
    answers, truth, found = answers[known], truth[known], crops.found[known]
    energies = None if energies is None else energies[known]
    chosen = [records[i] for i in known.tolist()]
    names = [record.name for record in chosen]
    groups = [(attribute, value, which[known]) for attribute, value, which in said]
    groups = [group for group in groups if group[2].any()]
    groups += _groups(chosen, crops.face_px[known], head.name)
    return HeadJudgement(
        assessment=assess(head, answers, truth, found, groups, energies=energies),
        gallery=gallery(head, names, crops.pixels[known], answers, truth, found),
        unlabelled=len(records) - len(known),
    )


def _stability(
    head: Head,
    dataset: Dataset,
    crops: Crops,
    energies: Energies,
    again: Callable[[Pixels], Probabilities],
) -> Stability:
    groups = _groups(list(dataset.records), crops.face_px, None)
    return stability(head, crops.pixels, crops.found, again, groups, energies)


def _groups(records: list[Record], face_px: npt.NDArray[np.float64], without: str | None) -> Groups:
    return attribute_groups([record.labels for record in records], without) + size_groups(face_px)


def _ask_head(net: nn.Module, contract: Contract, number: int, crops: Pixels) -> Probabilities:
    return probabilities(ask(net, contract, crops), contract)[number]
