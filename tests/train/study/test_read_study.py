from __future__ import annotations

import re
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.study.read_study import PATIENCE
from train.study.study import Study

from .conftest import BASE, read

FACTORS = '[factors]\nactivation = ["leaky_relu", "gelu"]\ndepth = [1, 2]\n'
GRID = BASE.replace("one-at-a-time", "grid")


def names(study: Study) -> list[str]:
    return [arm.name for arm in study.arms]


def test_one_at_a_time_changes_one_thing_in_each_arm(tmp_path: Path) -> None:
    study = read(BASE + FACTORS, tmp_path)
    assert names(study) == ["base", "activation=gelu", "depth=2"]
    assert [arm.plan.net for arm in study.arms] == [
        "dense:activation=leaky_relu,width=16",
        "dense:activation=gelu,width=16",
        "dense:activation=leaky_relu,depth=2,width=16",
    ]
    assert study.reference == "base"


def test_a_grid_has_every_combination(tmp_path: Path) -> None:
    study = read(GRID + FACTORS, tmp_path)
    assert names(study) == [
        f"activation={name}, depth={depth}" for name in ("leaky_relu", "gelu") for depth in (1, 2)
    ]
    assert study.reference == "activation=leaky_relu, depth=1"


def test_options_that_go_together_are_one_value(tmp_path: Path) -> None:
    pair = '{name = "sgd", optimizer = "sgd", rate = 0.1}'
    study = read(f"{BASE}[factors]\nrecipe = [{pair}]\nloss = [{{focal = 2}}]\n", tmp_path)
    assert names(study) == ["base", "recipe=sgd", "loss=focal=2"]
    options = study.arms[1].plan.options
    assert (options.optimizer, options.rate) == ("sgd", 0.1)


def test_every_kind_of_option_can_be_a_factor(tmp_path: Path) -> None:
    text = "net = ['slim']\nflip = [0.0]\nbalance = [1.0]\nsize = [24]\nvalid = [0.3]\n"
    text += "label-smoothing = [0.2]\nmost = [9]\nchannels = ['rgb']\n"
    assert len(read(f"{BASE}[factors]\n{text}", tmp_path).arms) == 9


def test_runs_stop_after_three_epochs_without_gain_unless_told_otherwise(tmp_path: Path) -> None:
    assert read(BASE + FACTORS, tmp_path).arms[0].plan.options.patience == PATIENCE
    told = BASE.replace("epochs = 2", "epochs = 2\npatience = 0")
    assert read(told + FACTORS, tmp_path).arms[0].plan.options.patience == 0


def test_seeds_change_the_run_but_not_the_parting(tmp_path: Path) -> None:
    study = read(BASE + FACTORS, tmp_path)
    first, second = (study.plan(study.arms[0], seed) for seed in (0, 1))
    assert (first.options.seed, second.options.seed) == (0, 1)
    assert first.parting_seed == second.parting_seed
    assert first.judged == "valid"


@pytest.mark.parametrize(
    ("was", "wrong", "complaint"),
    [
        ("design", "desing", "desing: is not one of name, design"),
        ('"one-at-a-time"', '"random"', "design: is 'random', not one of one-at-a-time, grid"),
        ("seeds = [0, 1]", "seeds = [0, 0]", "seeds: is [0, 0], not a list of different whole"),
        ("seeds = [0, 1]", "test = 1", "test: is 1, not true or false"),
        ("seeds = [0, 1]", 'pruner = "best"', "pruner: is 'best', not one of none, median"),
        ("epochs = 2", "epoch = 2", "budget.epoch: is not one of epochs, patience, hours"),
        ("epochs = 2", "hours = 0", "budget.hours: is 0, not a number above 0"),
        ("epochs = 2", "hours = nan", "budget.hours: is nan, not a number above 0"),
        ("epochs = 2", 'epochs = "2"', "base.epochs: is '2', not a whole number"),
        ("batch = 8", "batch = 0", "base.batch: batch is 0, not from 1 to"),
        ("batch = 8", "bacth = 8", "base.bacth: is no option of fit, and dense has only depth,"),
        ("batch = 8", "batch = true", "base.batch: is True, not a whole number"),
        ("size = 16", "size = -1", "base.size: is -1, which is not above 0"),
        ('"adam"', '"adamm"', "base.optimizer: is 'adamm', not one of sgd, adam, adamw"),
        ('"dense"', '"dens"', "base.net: net is 'dens', not one of"),
        ("depth = [1, 2]", "depth = [1.5]", "factors.depth.depth: is 1.5, not a whole number"),
        ("depth = [1, 2]", "depth = 2", "factors.depth: is not a list of values"),
        ("depth = [1, 2]", "depth = [2, 2]", "factors.depth: has 2 twice"),
        ("depth = [1, 2]", "depht = [2]", "has only depth, width, activation, dropout; did you"),
        (FACTORS, "[factors]\nhead = ['mask']\n", "factors.head.head: is another question"),
        (FACTORS, "", "factors: is missing or empty"),
        (FACTORS, "[factors]\nwidth = [16]\n", "factors: come to 1 arm; two are the least"),
        (FACTORS, "[factors]\nseed = [1, 2]\n", "factors.seed.seed: is no option of fit"),
        ("seeds = [0, 1]", "seeds = [", "is not TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, was: str, wrong: str, complaint: str) -> None:
    text = (BASE + FACTORS).replace(was, wrong)
    with pytest.raises(InputError, match=re.escape("made.toml: ") + ".*" + re.escape(complaint)):
        read(text, tmp_path)


def test_two_arms_that_are_the_same_are_refused(tmp_path: Path) -> None:
    text = (
        '[factors]\nbatch = [8, 16]\nagain = [{name = "a", batch = 32}, {name = "b", batch = 32}]'
    )
    with pytest.raises(InputError, match="batch=8, again=a and batch=8, again=b are the same"):
        read(GRID + text, tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    from train.plan import Plan
    from train.study.read_study import read_study

    with pytest.raises(InputError, match=r"none\.toml: cannot be read"):
        read_study(tmp_path / "none.toml", Plan(data=tmp_path, name="x"), lambda name: tmp_path)
