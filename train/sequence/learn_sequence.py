"""From a model and labelled stills to a head that follows a face, and what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from torch import nn

from face_detect.command import InputError
from train.contract import Contract, Head
from train.crops import AskedFraming
from train.data.dataset import Dataset
from train.sequence.compare import Finding, Row, compare, findings
from train.sequence.fit_head import HeadOptions, fit_head
from train.sequence.sequence_head import SequenceHead
from train.sequence.stills import stills
from train.sequence.takes import takes

OnStage = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Learned:
    """A head and its figures."""

    head: SequenceHead
    of: Head
    options: HeadOptions
    learned_from: int
    """Stills."""
    judged_on: int
    clips: int
    """Made sequences of every kind that it is judged on."""
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def learn_sequence(
    net: nn.Module,
    contract: Contract,
    dataset: Dataset,
    options: HeadOptions,
    *,
    head: str = "emotion",
    framing: AskedFraming = "auto",
    most: str = "",
    clips: int,
    on_stage: OnStage = lambda what, done, total: None,
) -> Learned:
    """Ask the model about half of the stills, learn from its answers, judge on the other half."""
    asked = head_named(contract, head)
    learn, judge = stills(
        dataset,
        contract,
        asked,
        framing=framing,
        most=most,
        seed=options.seed,
        on_step=partial(on_stage, "pictures"),
    )
    answered = [
        takes(
            net,
            contract,
            asked,
            part.crops,
            part.truth,
            seed=options.seed + number,
            on_step=partial(on_stage, what),
        )
        for number, (part, what) in enumerate(
            ((learn, "answers to learn from"), (judge, "answers to judge by"))
        )
    ]
    fitted = fit_head(answered[0], options, partial(on_stage, "learning"))
    on_stage("judging", 0, 1)
    rows = compare(
        fitted,
        answered[1],
        clips=clips,
        seed=options.seed,
        uncertain_below=asked.uncertain_below,
    )
    return Learned(
        head=fitted,
        of=asked,
        options=options,
        learned_from=len(learn),
        judged_on=len(judge),
        clips=clips,
        rows=tuple(rows),
        findings=tuple(findings(rows)),
    )


def head_named(contract: Contract, name: str) -> Head:
    """One of the contract's heads."""
    for head in contract.heads:
        if head.name == name:
            return head
    known = ", ".join(head.name for head in contract.heads)
    raise InputError(f"{contract.name}: has no head {name!r}, only {known}")
