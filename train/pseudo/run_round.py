"""One round: a net labels the faces that it is sure about, and learns from them."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import nn

from train.calibrate import FAMILIAR, Thresholds, calibrate
from train.checkpoint import load
from train.code_version import code_version, command_line
from train.contract import Contract, Origin
from train.epoch import Epoch
from train.evaluate import Evaluation
from train.fit import fit, predict
from train.keep_model import keep_model
from train.options import FitOptions, without_heads
from train.plan import Plan
from train.pseudo.choose import Chosen
from train.pseudo.label_faces import forget_answers, label_faces, learned
from train.pseudo.mixture import at_least, mixture
from train.pseudo.old_data import old_data
from train.pseudo.options import Forgetting
from train.pseudo.round import MODELS, RUNS, Round, line, picked
from train.pseudo.task import Task
from train.pseudo.worth import worth
from train.records import RunRecord, find_run, fingerprint
from train.resume import LAST
from train.run import Outcome
from train.samples import Samples
from train.start import load_teachers
from train.study.write_report import write
from train.uncertainty.uncertainty import Uncertainty
from train.watch import Watch
from train.weights_digest import weights_digest
from train.write_held import write_held

CHOSEN = "chosen.csv"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Step:
    """Which round: of which way, with which seed, and the model that it begins with."""

    way: Forgetting
    seed: int
    number: int
    last: Path

    @property
    def name(self) -> str:
        return f"{self.way}-seed{self.seed}-round{self.number}"


def run_round(task: Task, step: Step, fabric: Fabric, watch: Watch) -> Round | None:
    """A finished one is read, an interrupted one goes on; None where no face may be taken."""
    config, runs = _config(task, step), task.folder / RUNS
    key = fingerprint(config)
    finished = find_run(runs, step.name, key, done=True)
    if finished:
        _tidy(finished, task, step)
        return Round.read(finished)
    found, chosen = label_faces(task, step.last, step.seed, watch)
    told = line(picked(chosen, task.faces.truth), task.labels)
    watch.say(f"{step.name}: {told}")
    if not len(chosen.taken):
        return None
    train = _to_learn(task, step, learned(task, found, chosen), watch)
    record = RunRecord.unfinished(runs, step.name, key) or RunRecord.create(runs, step.name, config)
    with record:
        write(record.folder / CHOSEN, _table(task, found, chosen).encode())
        write_held(task.data, record.folder)
        record.say(told)
        result = _learn(task, step, train, chosen, record, fabric, watch)
        record.finish(result.plain())
    _tidy(record.folder, task, step)
    return result


def _tidy(folder: Path, task: Task, step: Step) -> None:
    """Without what only an unfinished round needs: several times a model's size."""
    for checkpoint in folder.rglob(LAST):
        checkpoint.unlink()
    forget_answers(task, step.last)


def _to_learn(task: Task, step: Step, new: Samples, watch: Watch) -> Samples:
    """The chosen faces and what stands for the old data."""
    old = old_data(task, step.way, step.seed, watch)
    if old is not None and step.way == "old":
        return old
    return mixture(new, old, task.wanted.learning.fit.label_smoothing)


def _learn(
    task: Task,
    step: Step,
    train: Samples,
    chosen: Chosen,
    record: RunRecord,
    fabric: Fabric,
    watch: Watch,
) -> Round:
    # Every way takes as many steps: with few nothing would be forgotten, and nothing learned.
    shown = at_least(train, len(task.labelled), step.seed * 100 + step.number)
    plan = _plan(task, step, len(shown))
    net, contract, history = _fitted(task, plan, step, shown, record, fabric, watch)
    short, figures = worth(net, contract, task.judged)
    outcome = Outcome(
        net=net,
        contract=_with_origin(task, contract, step, figures),
        history=history,
        evaluation=figures,
        folder=record.folder,
        data=task.data,
        plan=plan,
    )
    record.draw()  # for the model takes the curves along
    keep_model(
        outcome,
        task.folder / MODELS / record.folder.name,
        data=data_name(task, step.way),
        licence="not stated",
        made_by=command_of(task),
        part="valid",
    )
    return Round(
        number=step.number,
        record=record.folder.name,
        picked=picked(chosen, task.faces.truth),
        learned_from=len(train),
        valid=short,
    )


def _fitted(
    task: Task,
    plan: Plan,
    step: Step,
    train: Samples,
    record: RunRecord,
    fabric: Fabric,
    watch: Watch,
) -> tuple[nn.Module, Contract, list[Epoch]]:
    """The last net, after it learned, with a contract that was calibrated anew."""
    net, contract = load(step.last)
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    valid = task.valid

    def on_epoch(epoch: Epoch) -> None:
        record.epoch(epoch.number, epoch.figures())
        record.say(epoch.line())
        watch.on_epoch(epoch)

    history = fit(
        net,
        contract,
        train,
        valid,
        options=plan.options,
        folder=record.folder,
        fabric=fabric,
        teachers=load_teachers(plan.teachers, contract),
        on_epoch=on_epoch,
        on_step=watch.on_step,
    )
    # What tells strangers is measured anew, lest the first net's threshold stay.
    tells = any(head.familiar_above is not None for head in contract.heads)
    thresholds = Thresholds(familiar=FAMILIAR if tells else None)
    said = predict(net, contract, valid)
    return net, calibrate(contract, said, valid.targets, thresholds), history


def data_name(task: Task, way: Forgetting) -> str:
    """What models that come out were trained on."""
    wanted = task.wanted
    if way == "old":
        return wanted.labelled.data.name
    return f"{wanted.labelled.data.name}, and {wanted.unlabelled.data.name} without labels"


def command_of(task: Task) -> str:
    """The command, without where things lie."""
    wanted, command = task.wanted, command_line()
    for path in (wanted.model, wanted.labelled.data, wanted.unlabelled.data):
        command = command.replace(str(path), path.name)
    return command


def _plan(task: Task, step: Step, pictures: int) -> Plan:
    """As the round's model tells how it was fitted."""
    learning = task.wanted.learning
    distils = step.way == "distil"
    options: FitOptions = dataclasses.replace(
        learning.fit,
        # Every round draws anew.
        seed=step.seed * 100 + step.number,
        batch=min(learning.fit.batch, pictures),
        distil=learning.follow if distils else 0.0,
    )
    return dataclasses.replace(
        task.wanted.labelled,
        name=step.name,
        weights=step.last,
        teachers=(task.wanted.model,) if distils else (),
        options=options,
    )


def _config(task: Task, step: Step) -> dict[str, Any]:
    """All that decides what the round comes to."""
    wanted = task.wanted
    return {
        "way": step.way,
        "seed": step.seed,
        "number": step.number,
        "choosing": dataclasses.asdict(wanted.choosing),
        "learning": dataclasses.asdict(wanted.learning, dict_factory=without_heads),
        "contract": task.contract.to_json(),
        "pictures": task.data.pictures,
        "pixels": [task.labelled.fingerprint(), task.judged.samples.fingerprint()],
        "faces": task.faces.digest,
        "framing": task.data.framing,
        "given weights": [weights_digest(step.last), weights_digest(wanted.model)],
    }


def _with_origin(task: Task, contract: Contract, step: Step, figures: Evaluation) -> Contract:
    origin = Origin(
        data=data_name(task, step.way),
        seed=step.seed,
        code=code_version(),
        figures={
            key: round(getattr(figures, key), 4) for key in ("accuracy", "macro_f1", "macro_recall")
        },
    )
    # A sequence head has learned to follow another net's answers.
    return dataclasses.replace(contract, name=step.name, origin=origin, sequence=None)


def _table(task: Task, found: Uncertainty, chosen: Chosen) -> str:
    """The taken faces, the surest first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "label", "probability", "variance", "mutual_information"))
    for place in chosen.taken.tolist():
        label = int(chosen.labels[place])
        probability, variance = found.mean[place, label], found.variance[place, label]
        figures = (f"{probability:.4f}", f"{variance:.3g}", f"{found.information[place]:.5f}")
        writer.writerow((task.faces.names[place], task.labels[label], *figures))
    return text.getvalue()
