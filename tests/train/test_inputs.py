from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from train.contract import Contract, Head, Input
from train.inputs import normalise, probabilities, whole


def test_a_crop_at_the_nets_size_keeps_its_pixels() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    assert np.array_equal(whole(picture, 32), picture)


def test_of_a_wide_picture_the_centre_is_taken() -> None:
    picture = np.zeros((10, 30, 3), np.uint8)
    picture[:, 10:20] = 255
    assert (whole(picture, 10) == 255).all()


def test_colour_is_normalised_channel_by_channel() -> None:
    spec = Input(size=1, mean=(0.0, 0.5, 1.0), std=(1.0, 0.5, 0.25))
    tensor = normalise(np.full((1, 1, 1, 3), 255, np.uint8), spec)
    assert tensor.reshape(-1).tolist() == [1.0, 1.0, 0.0]


def test_grey_is_made_after_the_crop_and_has_one_channel() -> None:
    spec = Input(size=1, channels="grey", mean=(0.0,), std=(1.0,))
    tensor = normalise(np.array([[[[255, 0, 0]]]], np.uint8), spec)
    assert tensor.shape == (1, 1, 1, 1)
    assert tensor.item() == pytest.approx(76 / 255)


def test_a_higher_temperature_makes_answers_less_sure(contract: Contract) -> None:
    logits = np.array([[2.0, 0.0]])
    warm = dataclasses.replace(contract.heads[0], temperature=2.0)
    (sure,) = probabilities(logits, contract)
    (unsure,) = probabilities(logits, dataclasses.replace(contract, heads=(warm,)))
    assert 0.5 < unsure[0, 0] < sure[0, 0]


def test_probabilities_of_a_net_that_ends_in_softmax_stay_what_they_are(
    contract: Contract,
) -> None:
    already = dataclasses.replace(contract, output="probabilities")
    (found,) = probabilities(np.array([[0.9, 0.1]]), already)
    assert found[0] == pytest.approx([0.9, 0.1])


def test_each_head_sums_to_one(contract: Contract) -> None:
    both = dataclasses.replace(
        contract, heads=(*contract.heads, Head(name="age", labels=("young", "old", "older")))
    )
    for head in probabilities(np.random.default_rng(0).normal(size=(4, 5)), both):
        assert head.sum(axis=1) == pytest.approx(1)
