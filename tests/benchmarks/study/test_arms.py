import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.study.arms import Share, read_arms
from face_detect.command import InputError

MEAN = {"mean": 0.5, "low": 0.4, "high": 0.6, "count": 3}


def written(folder: Path, *arms: dict[str, Any]) -> Path:
    (folder / "study.json").write_text(json.dumps({"name": "made", "new": 1, "arms": arms}))
    return folder


def test_an_arm_has_its_model_its_intervals_and_its_cost(tmp_path: Path) -> None:
    told = {"name": "a", "model": "models/a", "valid": {"accuracy": MEAN}, "parameters": 5, "x": 1}
    (arm,) = read_arms(written(tmp_path, told)).arms
    assert arm.model == tmp_path / "models/a"
    assert arm.accuracy == Share(mean=0.5, low=0.4, high=0.6)
    assert (arm.parameters, arm.multiply_adds) == (5, None)


def test_single_figures_are_read_too(tmp_path: Path) -> None:
    told = {"name": "a", "model": "models/a", "accuracy": 0.5, "macro_f1": 0.4}
    (arm,) = read_arms(written(tmp_path, told)).arms
    assert (arm.accuracy, arm.macro_f1) == (Share(mean=0.5), Share(mean=0.4))


def test_the_test_part_counts_where_every_arm_was_judged_on_it(tmp_path: Path) -> None:
    both = {"valid": {"accuracy": MEAN}, "test": {"accuracy": {**MEAN, "mean": 0.3}}}
    study = read_arms(written(tmp_path, {"name": "a", **both}))
    assert (study.part, study.arms[0].accuracy) == ("test", Share(mean=0.3, low=0.4, high=0.6))
    one = read_arms(written(tmp_path, {"name": "a", **both}, {"name": "b", **both, "test": {}}))
    assert (one.part, one.arms[0].accuracy) == ("valid", Share(mean=0.5, low=0.4, high=0.6))


def test_an_arm_without_a_finished_run_has_no_model(tmp_path: Path) -> None:
    assert read_arms(written(tmp_path, {"name": "a", "model": None})).arms[0].model is None


def test_a_folder_without_a_study_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"study.json: is missing; python -m train ablate"):
        read_arms(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"arms": [{}]}', '{"arms": [1]}'])
def test_another_file_is_no_study(tmp_path: Path, text: str) -> None:
    (tmp_path / "study.json").write_text(text)
    with pytest.raises(InputError, match="is not what a study writes"):
        read_arms(tmp_path)
