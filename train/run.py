"""From a dataset to a model: split, fit, calibrate, report once on what was held out."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from lightning_fabric import Fabric

from face_detect.command import InputError
from train.calibrate import calibrate
from train.code_version import code_version
from train.contract import Contract, Head, Input, Origin
from train.crops import AskedFraming, crops_of, resolve_framing
from train.data.dataset import Dataset
from train.data.duplicates import without_duplicates
from train.data.open_dataset import open_dataset
from train.data.readable import readable
from train.data.reading import Reading
from train.data.record import Record
from train.data.split import split
from train.epoch import Epoch
from train.evaluate import NO_ANSWER, Evaluation, evaluate
from train.fit import fit, predict
from train.inputs import channels_of
from train.options import FitOptions
from train.parts import divide
from train.records import RunRecord, fingerprint
from train.samples import Samples, load_samples
from train.start import load_teachers, start


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is fitted on what."""

    data: Path
    name: str
    net: str = "efficientnet-b0"
    size: int = 48
    channels: Literal["grey", "rgb"] = "grey"
    head: str = "emotion"
    framing: AskedFraming = "auto"
    reading: Reading = dataclasses.field(default_factory=Reading)
    valid_share: float = 0.1
    weights: Path | None = None
    """Where a fine-tuning begins."""
    teachers: tuple[Path, ...] = ()
    options: FitOptions = dataclasses.field(default_factory=FitOptions)
    parts: tuple[FitOptions, ...] = ()
    """Training in parts, one after another; none: all of the data at once."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A fitted net and its figures."""

    net: torch.nn.Module
    contract: Contract
    history: list[Epoch]
    evaluation: Evaluation
    folder: Path
    """The run's folder."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Whom a run tells how it goes; every one may be left out."""

    say: Callable[[str], None] = lambda line: None
    on_epoch: Callable[[Epoch], None] = lambda epoch: None
    on_step: Callable[[int, int], None] = lambda done, total: None


def run(plan: Plan, root: Path, fabric: Fabric, watch: Watch) -> Outcome:
    """Train on `train`, calibrate on a part of it, report once on `test`.

    The record goes to a folder of its own in `root`; a run that was interrupted is taken up again.
    """
    training, held_out = _read(plan, watch)
    drawn, held_back = split(
        training.records, share=plan.valid_share, seed=plan.options.seed, head=plan.head
    )
    kept = _without_copies(drawn, [*held_back, *held_out.records], watch)
    contract = first_contract(plan, training.records)
    record = _record(plan, root, training.records) if fabric.is_global_zero else None
    folder = Path(fabric.broadcast(str(record.folder) if record else ""))
    watch = _noted(watch, record)
    watch.say(f"{folder}: holds the record of this run")
    with record or contextlib.nullcontext():
        valid = _load(held_back, training, contract, watch)
        net = start(contract, plan.weights, plan.options.seed)
        teachers = load_teachers(plan.teachers, contract)
        history: list[Epoch] = []
        stages = plan.parts or (plan.options,)
        parts = divide(kept, len(stages), plan.head)
        for i, options in enumerate(stages):
            history += fit(
                net,
                contract,
                _load(parts[i], training, contract, watch),
                valid,
                options=options,
                folder=_part_folder(folder, i) if plan.parts else folder,
                fabric=fabric,
                teachers=teachers,
                on_epoch=_tell(record, watch, len(history)),
                on_step=watch.on_step,
            )
            _look_back(net, contract, parts[: i + 1], training, watch)
        contract = calibrate(contract, predict(net, contract, valid), valid.targets)
        figures = _judge(net, contract, held_out, watch)
        if record:
            record.finish(dataclasses.asdict(figures))
    contract = _with_origin(contract, plan, figures)
    return Outcome(net=net, contract=contract, history=history, evaluation=figures, folder=folder)


def _part_folder(folder: Path, number: int) -> Path:
    """Where a part's checkpoints lie."""
    part = folder / f"part-{number + 1}"
    part.mkdir(exist_ok=True)
    return part


def _noted(watch: Watch, record: RunRecord | None) -> Watch:
    """The same, and what is said goes to the record's log, too."""

    def say(line: str) -> None:
        watch.say(line)
        if record:
            record.say(line)

    return dataclasses.replace(watch, say=say)


def _tell(record: RunRecord | None, watch: Watch, before: int) -> Callable[[Epoch], None]:
    """Note an epoch; those of earlier parts count before it."""

    def on_epoch(epoch: Epoch) -> None:
        if record:
            record.epoch(before + epoch.number, epoch.figures())
        watch.say(epoch.line())
        watch.on_epoch(epoch)

    return on_epoch


def _look_back(
    net: torch.nn.Module,
    contract: Contract,
    parts: Sequence[Sequence[Record]],
    training: Dataset,
    watch: Watch,
) -> None:
    """Say what the net still knows of every part that it has learned, so that forgetting shows."""
    if len(parts) < 2:
        return
    (head,) = contract.heads
    for i, part in enumerate(parts, 1):
        samples = _load(part, training, contract, watch)
        answers = predict(net, contract, samples).argmax(1).numpy()
        figures = evaluate(answers, samples.targets.numpy(), head.labels)
        watch.say(
            f"after part {len(parts)}, on part {i}: accuracy {figures.accuracy:.1%},"
            f" macro F1 {figures.macro_f1:.1%}"
        )


def _read(plan: Plan, watch: Watch) -> tuple[Dataset, Dataset]:
    """What may be learned from, and what is held out."""
    dataset = _usable(open_dataset(plan.data, reading=plan.reading), plan, watch)
    parts = {record.split for record in dataset.records if record.split}
    test = "test" if "test" in parts else "valid"
    kept = [record for record in dataset.records if record.split == "train"]
    held_out = [record for record in dataset.records if record.split == test]
    if not parts:
        watch.say(f"has no parts: {plan.valid_share:.0%} are held out by the seed")
        kept, held_out = split(
            dataset.records, plan.valid_share, seed=plan.options.seed + 1, head=plan.head
        )
    if not kept or not held_out:
        raise InputError(
            f"{plan.data}: has parts {sorted(parts)}; needs train and test, or none at all"
        )
    training = dataclasses.replace(dataset, records=tuple(kept))
    return training, dataclasses.replace(dataset, records=tuple(held_out))


def _usable(dataset: Dataset, plan: Plan, watch: Watch) -> Dataset:
    """The records that can be read and whose label is known."""
    watch.say(f"{plan.data}: reading {len(dataset.records)} pictures")
    dataset = readable(dataset, watch.on_step)
    known = tuple(record for record in dataset.records if plan.head in record.labels)
    counts = dataset.problem_counts()
    if len(known) < len(dataset.records):
        counts[f"no {plan.head} known"] = len(dataset.records) - len(known)
    for kind, count in counts.items():
        watch.say(f"left out: {count} × {kind}")
    if not known:
        heads = sorted({head for record in dataset.records for head in record.labels})
        raise InputError(f"{plan.data}: no picture has a label of {plan.head!r}, only of {heads}")
    framing = resolve_framing(plan.framing, dataset)
    return dataclasses.replace(dataset, records=known, framing=framing)


def _without_copies(
    drawn: Sequence[Record], others: Sequence[Record], watch: Watch
) -> list[Record]:
    """Training records that neither validation nor test has, too."""
    watch.say("looking for pictures that are held back or held out, too")
    kept, copies = without_duplicates(drawn, others, on_step=watch.on_step)
    watch.say(f"left out of training: {len(copies)} × held back or held out, too")
    return kept


def _record(plan: Plan, root: Path, records: Sequence[Record]) -> RunRecord:
    """The folder of the interrupted run that this one goes on with, or a new one."""
    config = dataclasses.asdict(plan) | {"data": plan.data.name, "pictures": _digest(records)}
    unfinished = RunRecord.unfinished(root, plan.name, fingerprint(config))
    return unfinished or RunRecord.create(root, plan.name, config)


def _digest(records: Sequence[Record]) -> str:
    found = hashlib.sha256()
    for record in records:
        found.update(f"{record.name}\0{sorted(record.labels.items())}\n".encode())
    return found.hexdigest()


def _load(records: Sequence[Record], dataset: Dataset, contract: Contract, watch: Watch) -> Samples:
    samples, problems = load_samples(
        records, contract, framing=dataset.framing, on_step=watch.on_step
    )
    for kind, count in Counter(problem.kind for problem in problems).items():
        watch.say(f"left out: {count} × {kind}")
    return samples


def first_contract(plan: Plan, records: Sequence[Record]) -> Contract:
    """The contract before anything is fitted: labels in order, input, head."""
    labels = tuple(sorted({record.labels[plan.head] for record in records}))
    spec = (
        Input(size=plan.size, channels="grey", mean=(0.5,), std=(0.25,))
        if plan.channels == "grey"
        else Input(size=plan.size)
    )
    head = Head(name=plan.head, labels=labels)
    return Contract(name=plan.name, net=plan.net, heads=(head,), input=spec)


def _judge(net: torch.nn.Module, contract: Contract, held_out: Dataset, watch: Watch) -> Evaluation:
    """Figures on the held-out pictures; a face that was not found is an error."""
    (head,) = contract.heads
    crops = crops_of(held_out, contract, on_step=watch.on_step)
    pixels = channels_of(crops.pixels, contract.input)
    targets = torch.tensor([head.labels.index(r.labels[head.name]) for r in held_out.records])
    samples = Samples(pixels=pixels, targets=targets, classes=len(head.labels))
    predicted = predict(net, contract, samples).argmax(1).numpy()
    predicted = np.where(crops.found, predicted, NO_ANSWER)
    return evaluate(predicted, targets.numpy(), head.labels)


def _with_origin(contract: Contract, plan: Plan, figures: Evaluation) -> Contract:
    origin = Origin(
        data=plan.data.name,
        seed=plan.options.seed,
        code=code_version(),
        figures={
            "accuracy": round(figures.accuracy, 4),
            "macro_f1": round(figures.macro_f1, 4),
            "macro_recall": round(figures.macro_recall, 4),
        },
    )
    return dataclasses.replace(contract, origin=origin)
