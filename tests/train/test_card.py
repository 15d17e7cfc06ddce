from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from face_detect.command import InputError
from train.assess import Assessment, assess
from train.card import Earned, card
from train.checkpoint import save
from train.commands import card as command
from train.contract import Contract
from train.judge import said_name
from train.judged_part import Part
from train.judgement_notes import PART_NOTES
from train.nets import build_net
from train.stability import stability


@pytest.fixture
def assessment(contract: Contract) -> Assessment:
    answers = np.array([[0.9, 0.1], [0.4, 0.6], [0.3, 0.7]])
    return assess(contract.heads[0], answers, np.array([0, 0, 1]), np.ones(3, bool))


def test_accuracy_stands_beside_macro_f1_and_every_class(
    contract: Contract, assessment: Assessment
) -> None:
    text = card(contract, assessment.figures, data="d", licence="l", made_by="m")
    assert "accuracy 66.7%,\nmacro F1 66.7%" in text
    assert "| happy | 2 | 50.0% | 100.0% | 66.7% |" in text
    assert "has not been\nmeasured" in text


def test_the_share_of_strange_faces_stands_beside_that_of_uncertain_ones(
    contract: Contract, assessment: Assessment
) -> None:
    def written(found: Assessment) -> str:
        return card(contract, found.figures, data="d", licence="l", made_by="m", assessment=found)

    assert 'Shown as "uncertain": 0.0%; of the rest' in written(assessment)
    told = dataclasses.replace(assessment, uncertain=0.5, unfamiliar=0.25)
    assert 'Shown as "uncertain": 50.0% (25.0% as unfamiliar); of the rest' in written(told)


def test_weights_by_others_are_named_with_their_licence(
    contract: Contract, assessment: Assessment
) -> None:
    def written(net: str) -> str:
        named = dataclasses.replace(contract, net=net)
        return card(named, assessment.figures, data="d", licence="l", made_by="m")

    assert "- **Weights by others:** " in written("landmark-geometry:width=8")
    assert "MIT licence, Copyright (c) Vladimir Mandic" in written("landmark-geometry:width=8")
    assert "by others" not in written("slim") + written("onnx")


@pytest.mark.parametrize("part", ["all", "train", "valid", "held out by fit"])
def test_only_a_test_part_is_called_held_out_once(
    contract: Contract, assessment: Assessment, part: Part
) -> None:
    def written(part: Part) -> str:
        return card(contract, assessment.figures, data="d", licence="l", made_by="m", part=part)

    assert "3 held-out pictures, once" in written("test")
    assert "once" not in written(part)
    assert f"3 pictures ({PART_NOTES[part]})" in written(part)


def test_a_note_on_how_often_pictures_were_looked_at_stands_in_place_of_once(
    contract: Contract, assessment: Assessment
) -> None:
    figures = assessment.figures
    text = card(contract, figures, data="d", licence="l", made_by="m", note="Looked at thrice.")
    assert "\nLooked at thrice.\n" in text
    assert "once" not in text


def test_a_label_without_pictures_has_a_dash_and_the_macro_figures_say_so(
    contract: Contract,
) -> None:
    answers = np.array([[0.9, 0.1], [0.4, 0.6]])
    found = assess(contract.heads[0], answers, np.zeros(2, np.intp), np.ones(2, bool))
    text = card(contract, found.figures, data="d", licence="l", made_by="m", assessment=found)
    assert "| sad | 0 | – | – | – |" in text
    assert "labels that have pictures, which sad has not" in text
    assert "| sad | 0.0% | 50.0% | – |" in text


def test_faces_that_were_not_found_are_missed_in_calibration_and_skew(contract: Contract) -> None:
    answers = np.array([[0.9, 0.1], [0.4, 0.6], [0.3, 0.7]])
    found = assess(contract.heads[0], answers, np.array([0, 0, 1]), np.array([1, 1, 0], bool))
    text = card(contract, found.figures, data="d", licence="l", made_by="m", assessment=found)
    assert "of the 2 faces that were found; in 1 of 3 pictures none was" in text


def test_calibration_and_skew_are_told_where_they_are_known(
    contract: Contract, assessment: Assessment
) -> None:
    text = card(
        contract, assessment.figures, data="d", licence="l", made_by="m", assessment=assessment
    )
    assert "calibration error" in text
    assert "No skew on 3 faces" in text


def test_stability_has_a_table_for_each_attribute(
    contract: Contract, assessment: Assessment
) -> None:
    found = stability(
        contract.heads[0],
        np.zeros((2, 8, 8, 3), np.uint8),
        np.ones(2, bool),
        lambda crops: np.tile([[0.9, 0.1]], (len(crops), 1)),
        [("age", "3-9", np.array([True, False])), ("race", "Black", np.array([True, True]))],
    )
    text = card(
        contract, assessment.figures, data="d", licence="l", made_by="m",
        stability=found, stability_data="made",
    )  # fmt: skip
    assert "| age | pictures | found | flip | blur | shift | all | uncertain |" in text
    assert "| 3-9 | 1 | 100.0% | 100.0% | 100.0% | 100.0% | 100.0% (21%–100%) | 0.0% |" in text
    assert "| race |" in text


def by_group(contract: Contract, attribute: str) -> Assessment:
    """Forty answers, and two groups of them."""
    first = np.arange(40) < 20
    truth = np.where(np.arange(40) % 5 == 0, 1, 0)
    groups = [(attribute, "a", first), (attribute, "b", ~first)]
    answers = np.tile([[0.9, 0.1]], (40, 1))
    return assess(contract.heads[0], answers, truth, np.ones(40, bool), groups)


def test_what_a_card_says_of_groups_is_told_at_its_end_too(contract: Contract) -> None:
    found = by_group(contract, "gender")
    text = card(contract, found.figures, data="d", licence="l", made_by="m", assessment=found)
    assert "### Accuracy by group" in text
    assert "is told above" in text


def test_groups_that_the_model_itself_makes_are_nobodys(contract: Contract) -> None:
    found = by_group(contract, said_name(contract.heads[0]))
    text = card(contract, found.figures, data="d", licence="l", made_by="m", assessment=found)
    assert "treats groups of people differently has not been\nmeasured" in text


def test_a_card_of_several_heads_names_those_that_were_measured_by_groups(
    contract: Contract, assessment: Assessment
) -> None:
    found = by_group(contract, "race")
    heads = [
        Earned(head="gender", figures=found.figures, assessment=found),
        Earned(head="emotion", figures=assessment.figures, assessment=assessment),
    ]
    text = card(contract, found.figures, data="d", licence="l", made_by="m", heads=heads)
    assert "is told above for\ngender; for emotion that has not been measured" in text


def test_the_command_writes_the_card_beside_the_weights(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    save(build_net(contract), contract, tmp_path / "model")
    (tmp_path / "plain").mkdir()
    cv2.imwrite(str(tmp_path / "plain" / "1.png"), np.full((48, 48), 90, np.uint8))
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(
        ["card", str(tmp_path / "model"), str(dataset), "--data-name", "made up",
         "--data-licence", "none", "--made-by", "hand", "--stability", str(tmp_path / "plain"),
         "--stability-framing", "crop"]
    )  # fmt: skip
    chosen.run(chosen)
    text = (tmp_path / "model" / "card.md").read_text("utf-8")
    assert "10 held-out pictures" in text
    assert "On 1 pictures of plain" in text


def test_a_model_with_one_head_is_judged_on_one_of_the_data(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    save(build_net(contract), contract, tmp_path / "model")
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(
        ["card", str(tmp_path / "model"), str(dataset), "others.zip", "--data-name", "d",
         "--data-licence", "none", "--made-by", "hand"]
    )  # fmt: skip
    with pytest.raises(InputError, match=r"others.zip: a model with one head is judged on one"):
        chosen.run(chosen)
