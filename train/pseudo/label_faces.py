"""What a net says of every face without a label, and which of that it may learn from."""

from __future__ import annotations

import shutil
from pathlib import Path

import torch

from face_detect.crop import Pixels
from train.checkpoint import load
from train.inputs import channels_of
from train.pseudo.choose import Chosen, choose
from train.pseudo.task import Task
from train.pseudo.usual_doubt import usual_doubt
from train.samples import Samples
from train.uncertainty.kept_passes import kept_passes
from train.uncertainty.uncertainty import Uncertainty, pass_probabilities, uncertainty
from train.watch import Watch
from train.weights_digest import weights_digest


def label_faces(task: Task, model: Path, seed: int, watch: Watch) -> tuple[Uncertainty, Chosen]:
    """Each net is asked once for a seed: its answers are kept until `forget_answers`."""
    net, contract = load(model)
    options = task.wanted.choosing

    def asked(crops: Pixels) -> Uncertainty:
        passes = kept_passes(
            _answers(task, model),
            net,
            contract,
            crops,
            weights=weights_digest(model),
            passes=options.passes,
            seed=seed,
            on_step=watch.on_step,
        )
        outputs = passes.votes if options.passes else passes.single[None]
        return uncertainty(pass_probabilities(outputs, contract, contract.heads[0].name))

    found, most = asked(task.faces.pixels), options.information
    if most is None:
        seen = task.judged.found
        known = asked(task.judged.crops[seen])
        most = usual_doubt(known, task.judged.samples.targets.numpy()[seen], options.sure)
    chosen = choose(found, task.labels, sure=options.sure, information=most, cap=options.cap)
    return found, chosen


def forget_answers(task: Task, model: Path) -> None:
    """Of the faces, which take as much room as some models, with nobody to ask for them again."""
    if model != task.wanted.model:
        shutil.rmtree(_answers(task, model), ignore_errors=True)


def _answers(task: Task, model: Path) -> Path:
    return task.folder / "answers" / model.name


def learned(task: Task, found: Uncertainty, chosen: Chosen) -> Samples:
    """The chosen faces with the net's labels, hard or soft."""
    places = chosen.taken
    soft = None
    if task.wanted.learning.labels == "soft":
        soft = torch.from_numpy(found.mean[places]).float()
    return Samples(
        pixels=channels_of(task.faces.pixels[places], task.contract.input),
        targets=torch.from_numpy(chosen.labels[places]),
        classes=len(task.labels),
        soft=soft,
    )
