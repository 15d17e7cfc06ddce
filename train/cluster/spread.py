"""One work in several processes of a Ray cluster, which find one another as torchrun's do."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any, TypeVar

from face_detect.command import FacecastError, MachineError
from train.cluster.cause_of import cause_of
from train.cluster.needs import Needs
from train.cluster.ray_cluster import ROOT, RayCluster
from train.watch import Watch

Done = TypeVar("Done")


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
    once = train.FailureConfig(controller_failure_limit=0, max_preemption_failures=0)
    # Ray Train keeps notes of its own; what a run goes on from is in the run's folder.
    with tempfile.TemporaryDirectory() as notes, cluster.answering():
        trainer = train.torch.TorchTrainer(
            _learn,
            train_loop_config={"part": part},
            scaling_config=train.ScalingConfig(num_workers=processes, use_gpu=gpu),
            run_config=train.RunConfig(storage_path=notes, failure_config=once),
        )
        try:
            done: Done = _waited_for(trainer.fit, lambda: _pass_on(ray, told, watch)).return_value
        except train.WorkerGroupError as error:
            raise cause_of(ray.get(told.faults.remote()), error.worker_failures) from None
        except train.ControllerError as error:
            raise _not_started(error.controller_failure) from error
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


def _waited_for(fit: Callable[[], Any], meanwhile: Callable[[], None]) -> Any:
    """Its result. In the main thread Ray Train would take Ctrl-C for itself, and be slow to end."""
    from train.cluster.told import OFTEN_S

    fitting: Future[Any] = Future()

    def run() -> None:
        try:
            fitting.set_result(fit())
        except BaseException as error:
            fitting.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    while wait([fitting], OFTEN_S).not_done:
        meanwhile()
    meanwhile()
    return fitting.result()


def _pass_on(ray: Any, told: Any, watch: Watch) -> None:
    lines, step = ray.get(told.take.remote())
    for line in lines:
        watch.say(line)
    if step is not None:
        watch.on_step(*step)


def _learn(given: Mapping[str, Any]) -> Any:
    """In a process of the cluster."""
    import ray

    from train.cluster.told import portable, watch_that_tells

    part: _Part = given["part"]
    try:
        part.needs.enter()
        sys.orig_argv = list(part.command)  # that is the command which made a model
        os.environ["TORCHELASTIC_RUN_ID"] = "ray"  # Ray has set all else that torchrun sets
        first = os.environ["RANK"] == "0"
        return part.work(watch_that_tells(part.told) if first else Watch())
    except Exception as error:
        rank = int(os.environ["RANK"])
        fault = portable(error)
        if not isinstance(fault, FacecastError | OSError):
            fault.add_note(f"In process {rank}:\n{traceback.format_exc()}")
        ray.get(part.told.fail.remote(rank, fault))
        raise fault from None


def _not_started(failure: Exception) -> MachineError:
    """Where a node's process failed, its own error is in the last line."""
    why = [line for line in str(failure).splitlines() if line.strip()][-1].partition(". ")[0]
    return MachineError(
        f"Ray: the processes could not be started ({why}): is the project at {ROOT} on every node,"
        " and are their CPUs or GPUs free?"
    )
