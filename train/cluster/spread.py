"""One work in several processes of a Ray cluster, which find one another as torchrun's do."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from face_detect.command import FacecastError, MachineError
from train.cluster.needs import Needs
from train.cluster.ray_cluster import RayCluster, first_sentence
from train.watch import Watch

Done = TypeVar("Done")
GOES_ON = "the same command goes on from what is done"


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What each process is given."""

    work: Callable[[Watch], Any]
    needs: Needs
    told: Any
    command: tuple[str, ...]


def spread(
    work: Callable[[Watch], Done],
    cluster: RayCluster,
    needs: Needs,
    watch: Watch,
    *,
    processes: int,
    gpu: bool,
) -> Done:
    """What it returns in the first process, which `watch` hears as if it were this one.

    Each has a CPU or a GPU to itself. The cluster has to be connected.
    """
    train = _import_train()
    _check_room(cluster, processes, gpu)
    ray = cluster.ray
    told = _actor_here(ray)
    part = _Part(work=work, needs=needs, told=told, command=tuple(sys.orig_argv))
    # Ray Train keeps notes of its own; what a run goes on from is in the run's folder.
    with tempfile.TemporaryDirectory() as notes, _listening(ray, told, watch):
        trainer = train.torch.TorchTrainer(
            _learn,
            train_loop_config={"part": part},
            scaling_config=train.ScalingConfig(num_workers=processes, use_gpu=gpu),
            run_config=train.RunConfig(
                storage_path=notes, failure_config=train.FailureConfig(controller_failure_limit=0)
            ),
        )
        with cluster.answering(), _interruptible():
            try:
                done: Done = trainer.fit().return_value
            except train.WorkerGroupError as error:
                faults = ray.get(told.faults.remote())
                raise _cause(faults, error.worker_failures) from None
            except train.ControllerError as error:
                why = first_sentence(error.controller_failure)
                raise MachineError(f"Ray: the processes could not be started ({why})") from error
    return done


def _import_train() -> Any:
    try:
        import ray.train.torch
    except ImportError as error:
        raise MachineError(
            "--engine ray: Ray Train is not installed; `make setup` installs it, and so does"
            " `pip install -e '.[ray]'`"
        ) from error
    return ray.train


def _check_room(cluster: RayCluster, processes: int, gpu: bool) -> None:
    """Ray itself would wait for nodes that may never come."""
    kind = "GPU" if gpu else "CPU"
    if (there := cluster.has(kind)) < processes:
        raise MachineError(
            f"Ray: {processes} processes need a {kind} each, and the nodes have {there} together"
        )


def _actor_here(ray: Any) -> Any:
    """Where what is told is kept, on this node, so that it is lost with none but this."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    from train.cluster.told import Told

    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    return ray.remote(num_cpus=0, scheduling_strategy=here)(Told).remote()


@contextlib.contextmanager
def _listening(ray: Any, told: Any, watch: Watch) -> Iterator[None]:
    """Pass on what is told while the block runs."""
    from train.cluster.told import OFTEN_S

    over = threading.Event()

    def pass_on() -> None:
        lines, step = ray.get(told.take.remote())
        for line in lines:
            watch.say(line)
        if step is not None:
            watch.on_step(*step)

    def listen() -> None:
        with contextlib.suppress(ray.exceptions.RayError):  # who waits for the work hears of it
            while not over.wait(OFTEN_S):
                pass_on()
            pass_on()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Ray Train answers Ctrl-C by ending its processes, and then this one."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    except SystemExit:
        raise KeyboardInterrupt from None
    finally:
        signal.signal(signal.SIGINT, before)


def _learn(given: Mapping[str, Any]) -> Any:
    """In a process of the cluster."""
    import ray

    from train.cluster.told import watch_that_tells

    part: _Part = given["part"]
    try:
        part.needs.enter()
        sys.orig_argv = list(part.command)  # that is the command which made a model
        os.environ["TORCHELASTIC_RUN_ID"] = "ray"  # Ray has set all else that torchrun sets
        first = os.environ["RANK"] == "0"
        return part.work(watch_that_tells(part.told) if first else Watch())
    except Exception as fault:
        rank = int(os.environ["RANK"])
        if not isinstance(fault, FacecastError | OSError):
            fault.add_note(f"In process {rank}:\n{traceback.format_exc()}")
        ray.get(part.told.fail.remote(rank, fault))
        raise


def _cause(faults: Mapping[int, Exception], failed: Mapping[int, Exception]) -> Exception:
    """Whose error it was, where it was ours; a process that is lost breaks the others' talk."""
    for fault in faults.values():
        if isinstance(fault, FacecastError):
            return fault
    silent = {rank: failure for rank, failure in failed.items() if rank not in faults}
    for rank, failure in silent.items():
        why = first_sentence(failure)
        return MachineError(f"Ray: process {rank} was lost ({why}); {GOES_ON}")
    first = next(iter(faults.values()))
    if not _is_talk(first):
        return first
    return MachineError(f"Ray: a process lost another ({first_sentence(first)}); {GOES_ON}")


def _is_talk(fault: Exception) -> bool:
    """Whether it is of what processes tell one another, for which torch has no one class."""
    return any(word in str(fault) for word in ("gloo", "NCCL", "Connection"))
