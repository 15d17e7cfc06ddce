from __future__ import annotations

import torch

from train.unfamiliar.stranger_loss import stranger_loss


def test_it_falls_as_faces_gain_energy_and_strangers_lose_it() -> None:
    faces, odd = torch.tensor([[3.0, 0.0]]), torch.tensor([[0.0, 0.0]])
    at_first = stranger_loss(faces, odd)
    assert stranger_loss(faces + 2, odd) < at_first
    assert stranger_loss(faces, odd - 2) < at_first


def test_a_stranger_is_to_have_no_label() -> None:
    faces = torch.zeros(1, 2)
    even, sure = torch.zeros(1, 2), torch.tensor([[4.0, -4.0]])
    shifted = sure - sure.logsumexp(1) + even.logsumexp(1)  # of the same energy
    assert stranger_loss(faces, even) < stranger_loss(faces, shifted)
