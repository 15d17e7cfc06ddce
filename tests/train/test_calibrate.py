from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import Tensor

from face_detect.command import InputError
from train.calibrate import Thresholds, calibrate_head
from train.contract import Head

HEAD = Head(name="emotion", labels=("happy", "sad"))


def answers(count: int = 1000) -> tuple[Tensor, Tensor]:
    """Answers that are right as often as they are sure."""
    random = torch.Generator().manual_seed(0)
    logits = torch.randn(count, 2, generator=random) * 2 + 3
    targets = torch.multinomial(logits.softmax(1), 1, generator=random).flatten()
    return logits, targets


def given(head: Head, logits: Tensor) -> Tensor:
    sure = (logits / head.temperature).softmax(1).amax(1) >= head.uncertain_below
    if head.familiar_above is None:
        return sure
    return sure & (torch.logsumexp(logits, dim=1) > head.familiar_above)


@pytest.mark.parametrize("coverage", [0.5, 0.8, 0.9])
def test_the_asked_share_is_answered(coverage: float) -> None:
    logits, targets = answers()
    head = calibrate_head(HEAD, logits, targets, Thresholds(coverage=coverage))
    assert given(head, logits).float().mean().item() == pytest.approx(coverage, abs=0.01)


def test_as_many_are_answered_as_the_risk_allows() -> None:
    logits, targets = answers()
    wrong = logits.argmax(1) != targets
    head = calibrate_head(HEAD, logits, targets, Thresholds(risk=0.1))
    answered = given(head, logits)
    assert wrong.float().mean() > 0.15
    assert wrong[answered].float().mean().item() == pytest.approx(0.1, abs=0.01)
    assert answered.float().mean() > 0.5


def test_answers_that_are_as_sure_as_each_other_are_given_together() -> None:
    logits = torch.tensor([[3.0, 0.0], [2.0, 0.0], [2.0, 0.0]])
    head = calibrate_head(HEAD, logits, torch.tensor([0, 0, 1]), Thresholds(risk=0.0))
    assert given(head, logits).tolist() == [True, False, False]


@pytest.mark.parametrize("coverage", [0.3, 0.5, 0.9])
def test_the_asked_share_of_a_net_that_is_very_sure_is_answered(coverage: float) -> None:
    random = torch.Generator().manual_seed(0)
    margins = 14 * torch.rand(2000, generator=random)
    logits = torch.stack([margins, torch.zeros(2000)], 1)
    targets = (torch.rand(2000, generator=random) > margins.sigmoid()).long()
    head = calibrate_head(HEAD, logits, targets, Thresholds(coverage=coverage))
    answered = given(head, logits).float().mean().item()
    assert coverage <= answered < coverage + 0.1


@pytest.mark.parametrize("risk", [0.001, 0.01, 0.03])
def test_no_more_is_wrong_of_a_net_that_is_very_sure_than_was_allowed(risk: float) -> None:
    random = torch.Generator().manual_seed(1)
    margins = 24 * torch.rand(2000, generator=random)
    logits = torch.stack([margins, torch.zeros(2000)], 1)
    targets = (torch.rand(2000, generator=random) > (0.8 * margins).sigmoid()).long()
    head = calibrate_head(HEAD, logits, targets, Thresholds(risk=risk))
    answered = given(head, logits)
    assert answered.any()
    assert targets[answered].float().mean() <= risk


@pytest.mark.parametrize("coverage", [0.5, 0.9])
def test_unfamiliar_faces_are_among_those_that_the_asked_share_leaves_out(coverage: float) -> None:
    logits, targets = answers()
    asked = Thresholds(coverage=coverage, familiar=0.92)
    head = calibrate_head(HEAD, logits, targets, asked)
    assert given(head, logits).float().mean().item() == pytest.approx(coverage, abs=0.01)


def test_more_than_the_familiar_faces_cannot_be_answered() -> None:
    logits, targets = answers()
    head = calibrate_head(HEAD, logits, targets, Thresholds(coverage=0.99, familiar=0.92))
    assert head.uncertain_below == 0
    assert given(head, logits).float().mean().item() == pytest.approx(0.92, abs=0.01)


def test_the_risk_is_that_of_familiar_faces() -> None:
    logits, targets = answers()
    wrong = logits.argmax(1) != targets
    head = calibrate_head(HEAD, logits, targets, Thresholds(risk=0.1, familiar=0.8))
    answered = given(head, logits)
    assert wrong[answered].float().mean().item() == pytest.approx(0.1, abs=0.01)


def test_without_a_share_or_a_risk_temperature_and_threshold_stay() -> None:
    before = dataclasses.replace(HEAD, temperature=1.7, uncertain_below=0.61)
    head = calibrate_head(before, *answers(), Thresholds(coverage=None, familiar=0.95))
    assert (head.temperature, head.uncertain_below) == (1.7, 0.61)
    assert head.familiar_above is not None


def test_a_risk_out_of_reach_is_refused() -> None:
    logits = torch.tensor([[2.0, 0.0], [1.0, 0.0]])
    with pytest.raises(InputError, match="is out of reach"):
        calibrate_head(HEAD, logits, torch.tensor([1, 1]), Thresholds(risk=0.01))


def test_a_risk_of_faces_none_of_which_is_familiar_is_refused() -> None:
    strange = dataclasses.replace(HEAD, familiar_above=1e6)
    with pytest.raises(InputError, match="none of the faces is familiar"):
        calibrate_head(strange, *answers(), Thresholds(risk=0.1))


def test_the_asked_share_of_faces_is_familiar_whatever_the_temperature() -> None:
    logits, targets = answers()
    head = calibrate_head(HEAD, logits, targets, Thresholds(familiar=0.95))
    assert head.familiar_above is not None
    familiar = torch.logsumexp(logits, dim=1) > head.familiar_above
    assert familiar.float().mean().item() == pytest.approx(0.95, abs=0.002)


def test_nothing_is_said_of_familiar_faces_unless_it_is_asked() -> None:
    assert calibrate_head(HEAD, *answers(), Thresholds()).familiar_above is None
