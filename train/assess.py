"""Everything that is to be known about one head's answers to labelled pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.calibration import Calibration, Probabilities, calibration, tempered
from train.contract import Head
from train.evaluate import NO_ANSWER, Evaluation, Indices, evaluate
from train.familiarity import Energies, unfamiliar
from train.risk_coverage import RiskCoverage, risk_coverage
from train.skew import Skew, skew
from train.slices import Groups, Slice, slices
from train.wilson import wilson


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """One head's figures."""

    head: Head
    figures: Evaluation
    interval: tuple[float, float]
    """Wilson's 95% interval of the accuracy."""
    before: Calibration
    """Of the net's own probabilities."""
    after: Calibration
    """With the contract's temperature."""
    selective: RiskCoverage
    """What answering only the surest would bring."""
    skew: Skew
    uncertain: float
    """Share of all pictures whose answer is shown as "uncertain", for whatever reason."""
    unfamiliar: float | None
    """Share of all pictures whose face is shown as unfamiliar, and so is uncertain; None where the
    head does not tell."""
    certain: Evaluation
    """Of the rest."""
    slices: tuple[Slice, ...]

    @property
    def missed(self) -> int:
        """Pictures in which no face was found; calibration and skew know nothing of them."""
        return self.figures.pictures - self.skew.pictures


def assess(
    head: Head,
    probabilities: Probabilities,
    truth: Indices,
    found: npt.NDArray[np.bool_],
    groups: Groups | None = None,
    *,
    energies: Energies | None = None,
) -> Assessment:
    """Judge calibrated probabilities [N, K]; a face that was not found counts as an error.

    `energies` (`train.familiarity`) tell which faces are strange to a head that tells.
    """
    predicted = answers(probabilities, found)
    unsure = uncertain(head, probabilities, found, energies)
    odd = None if energies is None else found & unfamiliar(head, energies)
    figures = evaluate(predicted, truth, head.labels)
    asked, known = probabilities[found], truth[found]
    return Assessment(
        head=head,
        figures=figures,
        interval=wilson(int((predicted == truth).sum()), len(truth)),
        before=calibration(tempered(asked, head.temperature), known),
        after=calibration(asked, known),
        selective=risk_coverage(asked, known, head.labels),
        skew=skew(predicted[found], known, head.labels),
        uncertain=float(unsure.mean()) if len(unsure) else 0.0,
        unfamiliar=None if odd is None or head.familiar_above is None else float(odd.mean()),
        certain=evaluate(predicted[~unsure], truth[~unsure], head.labels),
        slices=slices(predicted, truth, head.labels, groups or []),
    )


def answers(probabilities: Probabilities, found: npt.NDArray[np.bool_]) -> Indices:
    """The likeliest label of each picture, or NO_ANSWER where no face was found."""
    return np.where(found, probabilities.argmax(1), NO_ANSWER)


def uncertain(
    head: Head,
    probabilities: Probabilities,
    found: npt.NDArray[np.bool_],
    energies: Energies | None = None,
) -> npt.NDArray[np.bool_]:
    """Which answers the page shows as "uncertain"; those to strange faces are, too."""
    unsure = probabilities.max(1) < head.uncertain_below
    if energies is not None:
        unsure |= unfamiliar(head, energies)
    shown: npt.NDArray[np.bool_] = found & unsure
    return shown
