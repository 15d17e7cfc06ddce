"""What self-training begins with: a model, faces with labels and faces without."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from face_detect.command import InputError
from train.check_plan import check_plan
from train.checkpoint import CONTRACT, load
from train.contract import Contract
from train.gather import Gathered
from train.plan import Plan
from train.pseudo.caps import read_caps
from train.pseudo.check_parts import check_parts
from train.pseudo.faces import Faces, Unlabelled, read_faces
from train.pseudo.options import Choosing, Learning
from train.samples import Samples
from train.source import Judged, Source
from train.uncertainty.dropouts import dropouts
from train.watch import Watch


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for."""

    model: Path
    labelled: Plan
    """How the labelled part is read and parted; its options are the model's own."""
    unlabelled: Unlabelled
    choosing: Choosing
    learning: Learning


@dataclass(frozen=True, kw_only=True)
class Task:
    """The same with everything read, ready for rounds."""

    wanted: Wanted
    contract: Contract
    data: Gathered
    labelled: Samples
    """The part that was learned from."""
    judged: Judged
    """The validation part."""
    faces: Faces
    folder: Path

    @property
    def labels(self) -> tuple[str, ...]:
        return self.contract.heads[0].labels

    @property
    def valid(self) -> Samples:
        """The validation part as fitting takes it: where a face was found."""
        found = self.judged.found
        whole = self.judged.samples
        if found.all():
            return whole
        targets = whole.targets.numpy()[found]
        return dataclasses.replace(
            whole, pixels=whole.pixels[found], targets=whole.targets.new_tensor(targets)
        )


def prepare(wanted: Wanted, folder: Path, source: Source, watch: Watch) -> Task:
    """Read it all; what cannot work is told before hours have gone into it."""
    contract = check_wanted(wanted)
    data = source.gather(wanted.labelled, watch)
    (head,) = contract.heads
    strange = sorted(set(data.labels) - set(head.labels))
    if strange:
        raise InputError(
            f"{wanted.labelled.data}: has labels that {wanted.model} does not give:"
            f" {', '.join(strange)}"
        )
    check_parts(wanted.model, contract, data, wanted.labelled.data, watch)
    others = [*data.valid.records, *data.test.records]
    return Task(
        wanted=wanted,
        contract=contract,
        data=data,
        labelled=source.load(data.kept, data.framing, contract, watch),
        judged=source.judged(data.valid, contract, watch),
        faces=read_faces(wanted.unlabelled, contract, others, folder / "faces", watch),
        folder=folder,
    )


def check_wanted(wanted: Wanted) -> Contract:
    """What can be known before anything is read; the model's contract."""
    contract = Contract.read(wanted.model / CONTRACT)
    check_plan(wanted.labelled)
    if len(contract.heads) > 1:
        raise InputError(f"{wanted.model}: has several heads; self-training is for one")
    read_caps(wanted.choosing.cap, contract.heads[0].labels)
    net, _ = load(wanted.model)
    if wanted.choosing.passes and not dropouts(net):
        raise InputError(
            f"{wanted.model}: its net ({contract.net}) has no dropout, so all passes are alike and"
            " tell nothing of doubt; --passes 0 chooses by probability alone"
        )
    return contract
