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
    return (logits / head.temperature).softmax(1).amax(1) >= head.uncertain_below


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


def test_without_a_share_or_a_risk_the_threshold_stays() -> None:
    before = dataclasses.replace(HEAD, uncertain_below=0.61)
    head = calibrate_head(before, *answers(), Thresholds(coverage=None, familiar=0.95))
    assert head.uncertain_below == 0.61
    assert head.familiar_above is not None


def test_a_risk_out_of_reach_is_refused() -> None:
    logits = torch.tensor([[2.0, 0.0], [1.0, 0.0]])
    with pytest.raises(InputError, match="is out of reach"):
        calibrate_head(HEAD, logits, torch.tensor([1, 1]), Thresholds(risk=0.01))


def test_the_asked_share_of_faces_is_familiar_whatever_the_temperature() -> None:
    logits, targets = answers()
    head = calibrate_head(HEAD, logits, targets, Thresholds(familiar=0.95))
    assert head.familiar_above is not None
    familiar = torch.logsumexp(logits, dim=1) > head.familiar_above
    assert familiar.float().mean().item() == pytest.approx(0.95, abs=0.002)


def test_nothing_is_said_of_familiar_faces_unless_it_is_asked() -> None:
    assert calibrate_head(HEAD, *answers(), Thresholds()).familiar_above is None
