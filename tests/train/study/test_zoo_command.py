"""The command on made pictures, killed once on its way."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.commands import zoo
from train.records import DONE

from .conftest import one_thread, pack

NETS = "dense:width=8,dense:width=16,slim:depth=1,width=0.1"
SLUGS = ("dense-width-16", "dense-width-8", "slim-depth-1-width-0.1")


def chosen(*arguments: str | Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    zoo.add(parser.add_subparsers())
    return parser.parse_args(["zoo", *map(str, arguments)])


def arguments(data: Path, out: Path) -> list[str]:
    small = "--size 16 --batch 8 --valid 0.4 --epochs 2 --optimizer adam --rate 0.01 --ema 0"
    return [str(data), *small.split(), "--nets", NETS, "--out", str(out), "--accelerator", "cpu"]


def test_commas_part_nets_and_not_a_net_s_options() -> None:
    nets = chosen("data", "--nets", "slim:width=0.5,depth=3,vgg13").nets
    assert nets == ("slim:depth=3,width=0.5", "vgg13")


def test_a_net_that_nobody_knows_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        chosen("data", "--nets", "slim,vgg")
    assert "net is 'vgg', not one of dense" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--size", "64", (None, 64)),
        ("--size", "slim:width=0.5,depth=3=64", ("slim:depth=3,width=0.5", 64)),
        ("--rate", "dense=0.01", ("dense", 0.01)),
        ("--optimizer", "sgd", (None, "sgd")),
        ("--weights", "slim=/runs/rate=0.1/model", ("slim", "/runs/rate=0.1/model")),
        ("--weights", "dense:activation=gelu=a=b", ("dense:activation=gelu", "a=b")),
    ],
)
def test_a_value_may_be_one_net_s(option: str, value: str, expected: tuple[object, object]) -> None:
    assert getattr(chosen("data", option, value), option[2:]) == [expected]


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--optimizer", "slim=adagrad", "'adagrad' is not one of sgd, adam, adamw"),
        ("--rate", "slim=much", "invalid [NET=]number value: 'slim=much'"),
        ("--rate", "resnet=1", "net is 'resnet', not one of"),
        ("--seeds", "0,x", "invalid list of whole numbers value: '0,x'"),
    ],
)
def test_a_value_that_cannot_be_is_named(
    capsys: pytest.CaptureFixture[str], option: str, value: str, complaint: str
) -> None:
    with pytest.raises(SystemExit):
        chosen("data", option, value)
    assert complaint in capsys.readouterr().err


def test_one_recipe_is_for_all_nets_but_those_that_are_named() -> None:
    asked = ("--nets", "slim,dense", "--rate", "dense=0.01", "--optimizer", "adam")
    slim, dense = (arm.plan.options for arm in zoo._study(chosen("data", *asked)).arms)
    assert (slim.optimizer, slim.rate, slim.weight_decay) == ("adam", 0.002, 0.03)
    assert (dense.optimizer, dense.rate, dense.weight_decay) == ("adam", 0.01, 0.03)


def test_a_seed_that_is_named_twice_is_run_once() -> None:
    assert chosen("data", "--seeds", "1,0,1").seeds == (1, 0)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--rate", "1", "--rate", "2"), "--rate: is given twice for the same net"),
        (("--weights", "emotion-slim"), "--weights emotion-slim: which net's?"),
    ],
)
def test_what_is_not_one_net_s_is_refused(arguments: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        zoo._study(chosen("data", *arguments))


def test_a_killed_zoo_goes_on_and_tells_every_net(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    out = tmp_path / "zoo"
    process = subprocess.Popen(
        [sys.executable, "-m", "train", "zoo", *arguments(data, out)],
        stderr=subprocess.PIPE,
        env=os.environ | {"COLUMNS": "100", "OMP_NUM_THREADS": "1"},
        text=True,
    )
    assert process.stderr is not None
    with process.stderr as lines:
        assert any(line.startswith("run 2 of 3") and "left" in line for line in lines)
        process.send_signal(signal.SIGKILL)
    process.wait()
    before = {path: path.stat().st_mtime_ns for path in out.glob(f"runs/*/{DONE}")}
    again = chosen(*arguments(data, out))
    with one_thread():
        again.run(again)
    assert before
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    assert sorted(path.name for path in (out / "runs").iterdir()) == [
        f"{s}-seed0-001" for s in SLUGS
    ]
    assert f"run {len(before) + 1} of 3" in capsys.readouterr().err
    arms = json.loads((out / "study.json").read_text("utf-8"))["arms"]
    assert [arm["name"] for arm in arms] == [
        "dense:width=8",
        "dense:width=16",
        "slim:depth=1,width=0.1",
    ]
    for arm in arms:
        assert (out / arm["model"] / "contract.json").is_file()
        (run,) = arm["runs"]
        assert (arm["seed"], arm["accuracy"], arm["macro_f1"]) == (
            0,
            run["valid"]["accuracy"],
            run["valid"]["macro_f1"],
        )
        assert arm["weight_bytes"] >= 4 * arm["parameters"]
    assert "| says too often |" in (out / "report.md").read_text("utf-8")
