"""A fit whose processes are those of a Ray cluster."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from face_detect.command import InputError
from train.cluster.needs import Needs
from train.cluster.ray_cluster import RayCluster
from train.cluster.spread import spread
from train.code_version import package_versions
from train.prepare.made_with import made_with
from train.watch import Watch

Learn = Callable[[argparse.Namespace, Watch], list[str]]
"""What a process does with the options."""


def fit_on_cluster(
    chosen: argparse.Namespace, learn: Learn, places: list[Path], watch: Watch
) -> list[str]:
    """What the first process has to tell in the end; `places` are written to."""
    if "TORCHELASTIC_RUN_ID" in os.environ:
        raise InputError("--engine ray: torchrun has started the processes already")
    for path in chosen.data:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder")
    cluster = RayCluster(chosen.address, chosen.devices)
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    needs = Needs.here(*chosen.data, *places, look=_fitted_with)
    with cluster.connected():
        gpu = _wants_gpus(chosen.accelerator, chosen.devices, cluster)
        work = partial(learn, _for_a_process(chosen, gpu))
        return spread(work, cluster, needs, watch, processes=chosen.devices, gpu=gpu)


def _wants_gpus(accelerator: str, processes: int, cluster: RayCluster) -> bool:
    """A GPU each, or none has one: they would wait for one another."""
    if accelerator == "auto":
        return cluster.has("GPU") >= processes
    return accelerator == "cuda"


def _for_a_process(chosen: argparse.Namespace, gpu: bool) -> argparse.Namespace:
    """The same options, decided where the cluster decides, without what cannot travel."""
    given = {key: value for key, value in vars(chosen).items() if key != "run"}
    if chosen.accelerator == "auto":
        given["accelerator"] = "cuda" if gpu else "cpu"
    return argparse.Namespace(**given)


def _fitted_with() -> Mapping[str, str]:
    return made_with() | {"torch": package_versions()["torch"]}
