from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from train.loss import class_weights, label_loss, soft_targets, teacher_loss

LOGITS = torch.tensor([[2.0, 0.0, -1.0], [0.0, 1.0, 0.5]])
TARGETS = torch.tensor([0, 2])
EVEN = torch.ones(3)


def test_plain_it_is_torch_s_cross_entropy_with_smoothing() -> None:
    ours = label_loss(LOGITS, soft_targets(TARGETS, 3, 0.1), EVEN, focal=0)
    assert ours.item() == pytest.approx(
        F.cross_entropy(LOGITS, TARGETS, label_smoothing=0.1).item(), abs=1e-6
    )


def test_focal_loss_weighs_sure_answers_less() -> None:
    soft = soft_targets(TARGETS, 3, 0)
    plain, focal = (label_loss(LOGITS[:1], soft[:1], EVEN, focal=gamma) for gamma in (0, 2))
    sure = F.softmax(LOGITS, 1)[0, 0]
    assert focal.item() == pytest.approx((plain * (1 - sure) ** 2).item(), abs=1e-6)


def test_rare_classes_weigh_more_and_the_average_picture_weighs_one() -> None:
    counts = torch.tensor([90, 10])
    weights = class_weights(counts, 1.0)
    assert weights[1] / weights[0] == pytest.approx(9)
    assert (weights * counts).sum() / counts.sum() == pytest.approx(1)


def test_a_pupil_that_answers_as_its_teachers_has_no_loss() -> None:
    teachers = F.softmax(LOGITS / 3, dim=1)
    assert teacher_loss(LOGITS, teachers, 3.0).item() == pytest.approx(0, abs=1e-6)
