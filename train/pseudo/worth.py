"""What a net is worth on pictures that nothing was learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import nn

from train.calibration import calibration
from train.contract import Contract
from train.evaluate import NO_ANSWER, Evaluation, evaluate
from train.fit import predict
from train.inputs import probabilities
from train.source import Judged


@dataclass(frozen=True, kw_only=True)
class Worth:
    """Accuracy never comes without macro F1."""

    pictures: int
    accuracy: float
    macro_f1: float
    macro_recall: float
    ece: float
    """Expected calibration error, of the faces that were found; of validation it tells nothing, for
    the net was calibrated by it."""


def worth(net: nn.Module, contract: Contract, judged: Judged) -> tuple[Worth, Evaluation]:
    """In short, and in full; a face that was not found is an error."""
    (head,) = contract.heads
    truth, found = judged.samples.targets.numpy(), judged.found
    (said,) = probabilities(predict(net, contract, judged.samples).numpy(), contract)
    figures = evaluate(np.where(found, said.argmax(1), NO_ANSWER), truth, head.labels)
    short = Worth(
        pictures=figures.pictures,
        accuracy=figures.accuracy,
        macro_f1=figures.macro_f1,
        macro_recall=figures.macro_recall,
        ece=calibration(said[found], truth[found]).ece,
    )
    return short, figures
