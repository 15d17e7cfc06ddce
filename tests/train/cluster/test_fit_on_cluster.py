"""A fit on a Ray cluster of two nodes, which are processes of this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.conftest import ROOT
from tests.train.test_main import asked, losses, run

Begin = Callable[..., "subprocess.Popen[str]"]
LONG_S = 300.0
NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80 << 20}
QUICK = {"RAY_TRAIN_HEALTH_CHECK_INTERVAL_S": "0.2", "RAY_TRAIN_ENABLE_PREEMPTION_WATCHER": "0"}
"""Ray Train looks every two seconds else, and starts one more process."""
NET = "dense:width=16,dropout=0"
"""Without norms, as where torchrun is tried."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a cluster whose nodes have one CPU each, so that two processes need both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        from ray.cluster_utils import Cluster

        head = {**NODE, "include_dashboard": False}
        cluster: Any = Cluster(initialize_head=True, head_node_args=head)
        cluster.add_node(**NODE)
        yield str(cluster.address)
        cluster.shutdown()


@pytest.fixture
def begin(address: str) -> Iterator[Begin]:
    """The command on so many nodes; none outlives its test."""
    begun: list[subprocess.Popen[str]] = []

    def begin(arguments: list[str], nodes: int = 2) -> subprocess.Popen[str]:
        ray = ["--engine", "ray", "--address", address, "--devices", str(nodes)]
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "train", *arguments, *ray],
                cwd=ROOT,
                env={**os.environ, **QUICK},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )
        return begun[-1]

    yield begin
    for command in begun:
        command.kill()
        command.communicate()


def wait_for(reached: Callable[[], bool]) -> None:
    until_s = time.monotonic() + LONG_S
    while not reached():
        assert time.monotonic() < until_s
        time.sleep(0.02)


def learning() -> list[int]:
    """The processes of nodes that were started here and that a fit has."""
    found = psutil.Process().children(recursive=True)
    return [process.pid for process in found if "RayTrainWorker" in process.name()]


def epochs_in(folder: Path) -> int:
    table = folder / "runs" / "made-001" / "metrics.csv"
    return len(losses(folder)) if table.exists() else 0


def test_interrupted_and_given_again_two_nodes_learn_as_one_process_with_twice_the_batch(
    monkeypatch: pytest.MonkeyPatch, dataset: Path, tmp_path: Path, begin: Begin
) -> None:
    alone, both = tmp_path / "alone", tmp_path / "both"
    slowly = ("--epochs", "100", "--rate", "0.0005")
    again = asked(dataset, both, NET, "--batch", "8", *slowly)

    cut = begin(again)
    wait_for(lambda: epochs_in(both) > 0 or cut.poll() is not None)
    # As a terminal does: to the command and whatever it started beside itself.
    os.killpg(cut.pid, signal.SIGINT)
    said = cut.communicate(timeout=LONG_S)[1]
    assert cut.returncode == 130, said
    assert "the same command goes on from where it was" in said
    wait_for(lambda: not learning())
    assert 0 < (done := epochs_in(both)) < 100

    whole = begin(again)
    out, said = whole.communicate(timeout=LONG_S)
    assert whole.returncode == 0, said
    assert re.findall(r"^epoch (\d+): loss", said, re.M)[-1] == "100"
    assert len(re.findall(r"^epoch", said, re.M)) <= 100 - done + 1
    assert re.fullmatch(r".*/model: accuracy .* on 10 pictures\n", out)
    assert [folder.name for folder in (both / "runs").iterdir()] == ["made-001"]
    assert "--engine ray" in (both / "model" / "card.md").read_text(encoding="utf-8")

    assert run(monkeypatch, *asked(dataset, alone, NET, "--batch", "16", *slowly)) == 0
    assert losses(both) == pytest.approx(losses(alone), abs=1e-5)


def test_what_is_wrong_in_a_node_is_told_as_if_it_were_here(
    dataset: Path, tmp_path: Path, begin: Begin
) -> None:
    wrong = begin(asked(dataset, tmp_path, NET, "--batch", "33"), nodes=1)
    said = wrong.communicate(timeout=LONG_S)[1]
    assert wrong.returncode == 2, said
    assert re.search(r"^error: .*less than a batch of 33: choose a smaller --batch$", said, re.M)
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["--address", "auto"], "--address: is that of a Ray cluster, and needs --engine ray"),
        (["--engine", "ray", "--address", "there"], "'there' is neither auto nor host:port"),
    ],
)
def test_an_address_that_means_nothing_is_bad_usage(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    dataset: Path,
    tmp_path: Path,
    more: list[str],
    complaint: str,
) -> None:
    assert run(monkeypatch, *asked(dataset, tmp_path, NET, *more)) == 2
    assert complaint in capsys.readouterr().err


def test_ray_and_torchrun_do_not_start_each_others_processes(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    dataset: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "made")
    assert run(monkeypatch, *asked(dataset, tmp_path, NET, "--engine", "ray")) == 2
    assert "torchrun has started the processes already" in capsys.readouterr().err


def test_missing_data_are_told_before_a_ray_is_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = asked(tmp_path / "none.zip", tmp_path, NET, "--engine", "ray")
    assert run(monkeypatch, *missing) == 2
    assert "none.zip: no such file or folder" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()
