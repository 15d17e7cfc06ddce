"""From a dataset to a model: fit, calibrate, report once on what was held out."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import nn

from face_detect.command import InputError
from train.calibrate import FAMILIAR, Thresholds, calibrate
from train.check_held_out import check_held_out
from train.check_plan import check_plan
from train.code_version import code_version
from train.contract import Contract, Head, Input, Origin
from train.data.dataset import Framing
from train.data.record import Record
from train.epoch import Epoch
from train.evaluate import Evaluation
from train.evaluate_heads import FIGURES, evaluate_heads, means
from train.fit import fit, predict
from train.fitting import frozen_layers, worker_of
from train.gather import Gathered
from train.known import known
from train.learned_before import learned_before
from train.options import without_later
from train.parts import divide
from train.plan import Plan
from train.records import RunRecord, fingerprint
from train.samples import Samples
from train.source import Source
from train.start import load_teachers, start
from train.watch import Watch
from train.weights_digest import weights_digest
from train.write_held import write_held


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A fitted net and its figures."""

    net: nn.Module
    contract: Contract
    history: list[Epoch]
    evaluation: Evaluation
    """Of the first head."""
    folder: Path
    """The run's folder."""
    data: Gathered
    plan: Plan
    heads: Mapping[str, Evaluation] = field(default_factory=dict)
    """Of each by name, where there are several."""


def run(
    plan: Plan,
    root: Path,
    fabric: Fabric,
    watch: Watch,
    keep: Callable[[Outcome], None] = lambda outcome: None,
    source: Source | None = None,
) -> Outcome:
    """Train on `train`, calibrate on a part of it, report once on `test`.

    The record goes to a folder of its own in `root`; a run that was interrupted is taken up again.
    A run counts as finished when `keep` has stored what came out.
    """
    check_plan(plan)
    source = source or Source()
    data = source.gather(plan, watch)
    contract = first_contract(plan, data.labels)
    net = _started(plan, contract)
    teachers = load_teachers(plan.teachers, contract)
    _check_data(plan, net, data, fabric)
    _tell_of_learned(plan, data, watch)
    record = _record(plan, root, data) if fabric.is_global_zero else None
    folder = Path(fabric.broadcast(str(record.folder) if record else ""))
    watch = _noted(watch, record)
    watch.say(f"{folder}: holds the record of this run")
    with record or contextlib.nullcontext():
        valid = source.load(data.valid.records, data.framing, contract, watch)
        _check_found(contract, valid, "held back pictures")
        history: list[Epoch] = []
        parts = divide(data.kept, len(plan.stages), plan.heads)
        for i, options in enumerate(plan.stages):
            samples = source.load(parts[i], data.framing, contract, watch)
            _check_found(contract, samples, "pictures to learn from")
            history += fit(
                net,
                contract,
                samples,
                valid,
                options=options,
                folder=_part_folder(folder, i) if plan.parts else folder,
                fabric=fabric,
                teachers=teachers,
                on_epoch=_tell(record, watch, len(history)),
                on_step=watch.on_step,
            )
            if plan.parts:
                _look_back(net, contract, parts[: i + 1], data.framing, source, watch)
        contract = calibrate(contract, predict(net, contract, valid), valid.targets, _told(plan))
        heads = _judge(net, contract, plan, data, source, watch)
        outcome = Outcome(
            net=net,
            contract=_with_origin(contract, plan, heads),
            history=history,
            evaluation=next(iter(heads.values())),
            folder=folder,
            data=data,
            plan=plan,
            heads=heads if len(heads) > 1 else {},
        )
        if record:
            record.draw()  # for the model takes the curves along
            keep(outcome)
            record.finish(_final(heads))
    return outcome


def check(plan: Plan, data: Gathered, fabric: Fabric) -> None:
    """What can be known of a plan before it is run, its net's size and batch among it."""
    check_plan(plan)
    contract = first_contract(plan, data.labels)
    load_teachers(plan.teachers, contract)
    _check_data(plan, _started(plan, contract), data, fabric)


def _started(plan: Plan, contract: Contract) -> nn.Module:
    most = max(options.freeze for options in plan.stages)
    return start(contract, plan.weights, plan.options.seed, most)


def _check_data(plan: Plan, net: nn.Module, data: Gathered, fabric: Fabric) -> None:
    """What can be known before a record is begun."""
    for given in _given(plan):
        check_held_out(given, data)
    least = len(data.kept) // len(plan.stages) // worker_of(fabric).count
    for options in plan.stages:
        frozen_layers(net, options.freeze)
        if least < options.batch:
            raise InputError(
                f"{plan.data}: has {len(data.kept)} pictures to train on, {least} in every part and"
                f" process; that is less than a batch of {options.batch}: choose a smaller --batch"
            )


def _tell_of_learned(plan: Plan, data: Gathered, watch: Watch) -> None:
    """By teachers, too: some of what they know by heart is in their answers to other pictures."""
    for model in dict.fromkeys(_given(plan)):
        if count := learned_before(model, data):
            watch.say(
                f"{count} of {len(data.valid.records)} pictures to choose by were not held back in"
                f" the fit of {model}: validation may look better than it is"
            )


def _check_found(contract: Contract, samples: Samples, what: str) -> None:
    """A face that is not found is no picture to learn from, to choose and to calibrate by."""
    answers = torch.zeros(len(samples), contract.outputs)
    for head, _, targets in known(contract, answers, samples.targets):
        if not len(targets):
            raise InputError(f"no face was found in the {what} that know {head.name!r}")


def _told(plan: Plan) -> Thresholds:
    """A net that has met strangers tells them; of any other that would be a poor guess."""
    met = any(options.strangers for options in plan.stages)
    return Thresholds(familiar=FAMILIAR if met else None)


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
    net: nn.Module,
    contract: Contract,
    parts: Sequence[Sequence[Record]],
    framing: Framing,
    source: Source,
    watch: Watch,
) -> None:
    """Say what the net still knows of every part that it has learned, so that forgetting shows."""
    for i, part in enumerate(parts, 1):
        samples = source.load(part, framing, contract, watch)
        answers = predict(net, contract, samples)
        (figures,) = evaluate_heads(contract, answers, samples.targets).values()
        watch.say(
            f"after part {len(parts)}, on part {i}: accuracy {figures.accuracy:.1%},"
            f" macro F1 {figures.macro_f1:.1%}"
        )


def _record(plan: Plan, root: Path, data: Gathered) -> RunRecord:
    """The folder of the interrupted run that this one goes on with, or a new one."""
    config = run_config(plan, data)
    unfinished = RunRecord.unfinished(root, plan.name, fingerprint(config))
    record = unfinished or RunRecord.create(root, plan.name, config)
    write_held(data, record.folder)
    return record


def run_config(plan: Plan, data: Gathered) -> dict[str, Any]:
    """All that decides what a run comes to."""
    asked = {"task": plan.task.text, "heads": plan.heads} if plan.task else {}
    more = {"more": [path.name for path in plan.more]} if plan.more else {}
    bare = dataclasses.replace(plan, task=None, more=(), parted_as=None)  # `pictures` tell it
    return dataclasses.asdict(bare, dict_factory=without_later) | {
        "data": plan.data.name,
        **asked,
        **more,
        "pictures": data.pictures,
        "given weights": [weights_digest(path) for path in _given(plan)],
    }


def _given(plan: Plan) -> list[Path]:
    return [path for path in (plan.weights, *plan.teachers) if path is not None]


def first_contract(plan: Plan, labels: tuple[str, ...]) -> Contract:
    """The contract before anything is fitted."""
    spec = (
        Input(size=plan.size, channels="grey", mean=(0.5,), std=(0.25,))
        if plan.channels == "grey"
        else Input(size=plan.size)
    )
    heads: tuple[Head, ...] = (Head(name=plan.head, labels=labels),)
    if plan.task is not None:
        heads = tuple(Head(name=name, labels=plan.task.labels_of(name)) for name in plan.heads)
    return Contract(name=plan.name, net=plan.net, heads=heads, input=spec)


def _judge(
    net: nn.Module, contract: Contract, plan: Plan, data: Gathered, source: Source, watch: Watch
) -> dict[str, Evaluation]:
    """Each head's figures on the pictures to judge by; a face that was not found is an error."""
    pictures = source.judged(data.test if plan.judged == "test" else data.valid, contract, watch)
    answers = predict(net, contract, pictures.samples)
    return evaluate_heads(contract, answers, pictures.samples.targets, pictures.found)


def _final(heads: Mapping[str, Evaluation]) -> dict[str, Any]:
    """What the record ends with: the only head's figures, or the means and each one's."""
    if len(heads) == 1:
        return dataclasses.asdict(*heads.values())
    return means(heads) | {
        "pictures": sum(own.pictures for own in heads.values()),
        "heads": {name: dataclasses.asdict(own) for name, own in heads.items()},
    }


def _with_origin(contract: Contract, plan: Plan, heads: Mapping[str, Evaluation]) -> Contract:
    """Of several heads the means and, by the head's name, each one's: "mask.accuracy"."""
    own = {
        f"{name}.{key}": getattr(figures, key)
        for name, figures in heads.items()
        for key in FIGURES
        if len(heads) > 1
    }
    figures = {key: round(value, 4) for key, value in (means(heads) | own).items()}
    origin = Origin(
        data=" + ".join(path.name for path in plan.all_data),
        seed=plan.options.seed,
        code=code_version(),
        figures=figures,
    )
    return dataclasses.replace(contract, origin=origin)
