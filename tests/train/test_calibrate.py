from __future__ import annotations

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
