"""Ray on this machine: one that the command starts, and a cluster of two nodes' processes."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest

from face_detect.command import InputError, MachineError
from tests.conftest import ROOT
from tests.train.prepare.conftest import Run, digests
from tests.train.prepare.test_local_engine import doubled, end_always, whose
from tests.train.prepare.test_prepare_command import run as prepare_by_command
from train.prepare.local_engine import AHEAD
from train.prepare.options import PrepareOptions
from train.prepare.ray_engine import RayEngine

Task = TypeVar("Task")
Done = TypeVar("Done")
ONE_EACH = PrepareOptions(portion=1, valid=0.0, test=0.0)
NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80 << 20}
LONG_S = 60.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Of one node with one CPU."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        from ray.cluster_utils import Cluster

        cluster: Any = Cluster(
            initialize_head=True, head_node_args={**NODE, "include_dashboard": False}
        )
        yield cluster
        cluster.shutdown()


@pytest.fixture
def engine(cluster: Any) -> RayEngine:
    return RayEngine(address=cluster.address)


class Doomed:
    """Work on the nodes of a cluster: one of them gives one result and never a second."""

    def __init__(self, engine: RayEngine, folder: Path, node: str) -> None:
        self._engine, self._folder, self._node = engine, folder, node

    def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
        doing = functools.partial(hang_on, work, self._folder, self._node)
        yield from self._engine.run(doing, tasks)


def hang_on(work: Callable[[Task], Done], folder: Path, doomed: str, task: Task) -> Done:
    import ray

    node = ray.get_runtime_context().get_node_id()
    with (folder / node).open("a") as stream:
        stream.write(f"{task}\n")
    if node == doomed and len(begun(folder, node)) > 1:
        time.sleep(LONG_S)
    wait_for(lambda: node == doomed or len(begun(folder, doomed)) > 1)
    return work(task)


def begun(folder: Path, node: str) -> list[str]:
    """The tasks that it began."""
    path = folder / node
    return path.read_text().splitlines() if path.exists() else []


def wait_for(reached: Callable[[], bool]) -> None:
    until_s = time.monotonic() + LONG_S
    while not reached():
        assert time.monotonic() < until_s
        time.sleep(0.02)


def refuse(number: int) -> int:
    raise InputError(f"{number}: is refused")


def test_every_task_is_done_once(engine: RayEngine) -> None:
    assert sorted(engine.run(doubled, iter(range(20)))) == list(range(0, 40, 2))


def test_few_tasks_are_taken_ahead(engine: RayEngine) -> None:
    tasks = iter(range(100))
    with contextlib.closing(engine.run(doubled, tasks)) as found:
        next(found)
        assert next(tasks) <= AHEAD


def test_in_a_cluster_no_more_work_at_a_time_than_is_asked_for(cluster: Any) -> None:
    tasks = iter(range(100))
    asked = RayEngine(1, address=cluster.address)
    with contextlib.closing(asked.run(doubled, tasks)) as found:
        next(found)
        assert next(tasks) == 1


def test_no_worker_outlives_work_that_is_given_up(engine: RayEngine) -> None:
    with contextlib.closing(engine.run(whose, iter(range(50)))) as found:
        worker = next(found)
        assert worker != os.getpid()
    wait_for(lambda: not psutil.pid_exists(worker))


def test_what_was_wrong_with_a_task_is_raised_as_it_is(engine: RayEngine) -> None:
    with pytest.raises(InputError, match=r"^7: is refused$") as raised:
        list(engine.run(refuse, iter([7])))
    assert type(raised.value) is InputError


def test_a_task_that_ends_every_worker_is_named(engine: RayEngine) -> None:
    with pytest.raises(
        MachineError, match=r"^0: no result came of it, nor of up to 3 more .*Crashed"
    ):
        list(engine.run(end_always, iter(range(1))))


def test_data_that_the_nodes_do_not_have_are_refused(cluster: Any, tmp_path: Path) -> None:
    blind = RayEngine(address=cluster.address, data=tmp_path / "none")
    with pytest.raises(MachineError, match="/none: is not there on node"):
        list(blind.run(doubled, iter(range(1))))


def test_the_command_gives_its_work_to_a_cluster(
    tmp_path: Path, crops: Path, run: Run, cluster: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = ["--engine=ray", f"--address={cluster.address}", "--portion=4", "--framing=crop"]
    prepare_by_command(crops, "--out", tmp_path / "cluster", *asked)
    assert capfd.readouterr().err == ""
    run(crops, "local", PrepareOptions(portion=4), framing="crop")
    assert digests(tmp_path / "cluster") == digests(tmp_path / "local")


def test_a_node_that_is_killed_costs_nothing_and_the_bytes_are_the_same(
    tmp_path: Path, crops: Path, run: Run, cluster: Any, engine: RayEngine
) -> None:
    """The last one of those with the cluster, which counts the dead node's CPU for a while."""
    second = cluster.add_node(**NODE)
    noted = tmp_path / "noted"
    noted.mkdir()

    def kill_second() -> None:
        wait_for(lambda: len(begun(noted, second.node_id)) > 1)
        cluster.remove_node(second, allow_graceful=False)

    with ThreadPoolExecutor() as threads:
        killed = threads.submit(kill_second)
        doomed = Doomed(engine, noted, second.node_id)
        run(crops, "cluster", ONE_EACH, doomed, framing="crop")
        killed.result()
    head, lost = (begun(noted, node.node_id) for node in (cluster.head_node, second))
    assert len(lost) == 2
    assert lost[1] in head
    assert len({*head, *lost}) == 16
    run(crops, "local", ONE_EACH, framing="crop")
    assert digests(tmp_path / "cluster") == digests(tmp_path / "local")


def test_ctrl_c_ends_the_ray_of_a_command_which_then_goes_on_to_the_same_bytes(
    tmp_path: Path, crops: Path, run: Run
) -> None:
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(crops) as few, zipfile.ZipFile(many, "w") as archive:
        names = few.namelist()
        for i in range(150):
            archive.writestr(f"happy/{i:03}.jpg", few.read(names[i % len(names)]))
    options = ["--engine=ray", "--workers=1", "--portion=1", "--framing=crop"]
    command = subprocess.Popen(
        [sys.executable, "-m", "train", "prepare", many, "--out", tmp_path / "ray", *options],
        cwd=ROOT,
        # With a token it would leave that in the user's home.
        env={**os.environ, "RAY_AUTH_MODE": "disabled"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    parts = tmp_path / "ray" / ".unfinished" / "parts"
    wait_for(lambda: bool([*parts.glob("*.json")]) or command.poll() is not None)
    below = psutil.Process(command.pid).children(recursive=True)
    assert below
    # As a terminal does: to the command and whatever it started beside itself.
    os.killpg(command.pid, signal.SIGINT)
    said = command.communicate(timeout=LONG_S)[1]
    assert (command.returncode, said.splitlines()) == (
        130,
        [
            "what is done stays: the same command goes on from it",
            "interrupted; nothing was left half-written",
        ],
    )
    assert psutil.wait_procs(below, timeout=5)[1] == []
    for out in ("ray", "local"):
        run(many, out, PrepareOptions(portion=1), framing="crop")
    assert digests(tmp_path / "ray") == digests(tmp_path / "local")


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MachineError, match=r"Ray is not installed; .*pip install -e '\.\[ray\]'"):
        RayEngine()


def test_an_address_where_nobody_answers_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        began_s = time.monotonic()
        with pytest.raises(MachineError, match=f"no Ray answers at {address} .*refused"):
            RayEngine(address=address)
        assert time.monotonic() - began_s < 10


def test_an_address_where_something_else_answers_is_told_at_once() -> None:
    with socket.socket() as other, ThreadPoolExecutor() as threads:
        other.bind(("127.0.0.1", 0))
        other.listen()

        def answer() -> None:
            with other.accept()[0] as asking:
                asking.recv(100)
                asking.sendall(b"SSH-2.0-other\r\n")

        threads.submit(answer)
        address = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(MachineError, match=f"something else than Ray answers at {address}"):
            RayEngine(address=address)


@pytest.mark.parametrize(
    "address", ["here", ":6379", "ray://here:10001", "here:port", "here:99999"]
)
def test_what_is_no_address_is_bad_usage(address: str) -> None:
    with pytest.raises(InputError, match=f"'{address}' is neither auto nor host:port"):
        RayEngine(address=address)
