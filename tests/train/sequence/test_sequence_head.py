from __future__ import annotations

import numpy as np
import pytest
import torch

from train.contract import Head
from train.sequence.follow import Follower
from train.sequence.sequence_head import SequenceHead

HEAD = Head(name="emotion", labels=("a", "b", "c"))


@pytest.fixture
def head() -> SequenceHead:
    torch.manual_seed(0)
    return SequenceHead(3, 8).eval()


def said(frames: int) -> torch.Tensor:
    return torch.rand(1, frames, 3, generator=torch.Generator().manual_seed(1)).softmax(2)


def test_answer_by_answer_it_says_what_it_says_to_a_whole_clip(head: SequenceHead) -> None:
    given = said(40)
    gaps = torch.full((1, 40), 0.05)
    gaps[0, 0] = 0
    gaps[0, 20] = 0.4
    with torch.no_grad():
        whole = head(given, gaps)[0].numpy()
    face = Follower(head, head.described(HEAD))
    times_ms = (1000 * gaps[0].double().cumsum(0)).tolist()
    told = zip(given[0].tolist(), times_ms, strict=True)
    one_by_one = [face.next(answer, time_ms) for answer, time_ms in told]
    assert np.stack(one_by_one) == pytest.approx(whole, abs=1e-5)


def test_the_first_answer_of_a_face_is_the_models_own(head: SequenceHead) -> None:
    face = Follower(head, head.described(HEAD))
    assert face.next([0.2, 0.3, 0.5], 0.0) == pytest.approx([0.2, 0.3, 0.5])


@pytest.mark.parametrize("later_ms", [200.0, -1.0])
def test_after_a_long_gap_or_a_step_back_a_face_begins_anew(
    head: SequenceHead, later_ms: float
) -> None:
    face = Follower(head, head.described(HEAD))
    face.next([0.2, 0.3, 0.5], 0.0)
    assert face.next([0.6, 0.3, 0.1], later_ms) == pytest.approx([0.6, 0.3, 0.1])


def test_a_face_that_was_forgotten_begins_anew(head: SequenceHead) -> None:
    face = Follower(head, head.described(HEAD))
    face.next([0.2, 0.3, 0.5], 0.0)
    face.forget()
    assert face.next([0.6, 0.3, 0.1], 30.0) == pytest.approx([0.6, 0.3, 0.1])


def test_answers_stay_probabilities(head: SequenceHead) -> None:
    with torch.no_grad():
        answers = head(said(300), torch.full((1, 300), 0.033))
    assert answers.sum(2).numpy() == pytest.approx(1.0, abs=1e-5)
    assert answers.min() >= 0


def test_the_order_of_the_labels_makes_no_difference(head: SequenceHead) -> None:
    given, gaps = said(20), torch.full((1, 20), 0.033)
    with torch.no_grad():
        turned = head(given[..., [2, 0, 1]], gaps)
        assert turned.numpy() == pytest.approx(head(given, gaps)[..., [2, 0, 1]].numpy(), abs=1e-6)
