from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from face_detect.command import InputError
from train.contract import Contract
from train.loss import (
    LossPart,
    class_weights,
    label_loss,
    loss_parts,
    soft_targets,
    strange_loss,
    teacher_loss,
    total_loss,
)
from train.options import FitOptions

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


HEADS = (LossPart(columns=slice(0, 3)), LossPart(columns=slice(3, 5)))
ONLY_FIRST = torch.tensor([[1.0, 0, 0, 0, 0], [0, 0, 1.0, 0, 0]])


@pytest.mark.parametrize("options", [FitOptions(), FitOptions(focal=2.0)], ids=["plain", "focal"])
def test_a_head_that_no_picture_knows_gets_no_gradient_at_all(options: FitOptions) -> None:
    net = nn.Linear(4, 5)
    logits = net(torch.randn(2, 4, generator=torch.Generator().manual_seed(0)))
    loss = total_loss(logits, ONLY_FIRST, torch.ones(5), (None, None), HEADS, options)
    (gradient,) = torch.autograd.grad(loss, net.weight)
    assert gradient[:3].abs().min() > 0
    assert not gradient[3:].any()


def test_the_loss_is_the_sum_of_the_heads_and_of_what_each_picture_knows() -> None:
    logits = torch.cat([LOGITS, torch.tensor([[1.0, -1.0], [0.3, 0.2]])], dim=1)
    soft = torch.cat([soft_targets(TARGETS, 3, 0), torch.tensor([[0.0, 1.0], [0.0, 0.0]])], dim=1)
    heads = (HEADS[0], LossPart(columns=slice(3, 5), weight=0.5))
    found = total_loss(logits, soft, torch.ones(5), (None, None), heads, FitOptions())
    first = F.cross_entropy(LOGITS, TARGETS)
    second = F.cross_entropy(logits[:1, 3:], torch.tensor([1])) / 2
    assert found.item() == pytest.approx((first + 0.5 * second).item(), abs=1e-6)


def test_a_teacher_of_one_head_says_nothing_of_the_other() -> None:
    logits = torch.randn(2, 5, requires_grad=True, generator=torch.Generator().manual_seed(0))
    taught = F.softmax(LOGITS, dim=1)
    options = FitOptions(distil=1.0)
    loss = total_loss(logits, ONLY_FIRST, torch.ones(5), (taught, None), HEADS, options)
    (gradient,) = torch.autograd.grad(loss, logits)
    assert gradient[:, :3].abs().min() > 0
    assert not gradient[:, 3:].any()


def test_a_heads_weight_is_one_unless_it_is_chosen(contract: Contract) -> None:
    assert loss_parts(contract, FitOptions())[0].weight == 1
    assert loss_parts(contract, FitOptions(head_weights="emotion=2"))[0].weight == 2
    with pytest.raises(InputError, match="'emotion=-1', not head=number"):
        FitOptions(head_weights="emotion=-1")


def test_strangers_teach_every_head_whatever_the_faces_beside_them_know() -> None:
    """A face is a face, whichever of its labels are known."""
    logits = torch.randn(3, 5, requires_grad=True, generator=torch.Generator().manual_seed(0))
    (gradient,) = torch.autograd.grad(strange_loss(logits, 2, HEADS), logits)
    assert gradient[2].abs().min() > 0
