"""How long the built site's two nets take for a frame, in a real browser."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.result import Result, Series, this_machine
from benchmarks.site import Site
from export.browser import Browser
from face_detect.command import MachineError
from face_detect.crop import Pixels
from face_detect.letterbox import letterbox
from train.inputs import normalise, whole

BACKEND = "simd"


@dataclass(frozen=True, kw_only=True)
class FrameOptions:
    """How much is measured."""

    frames: int = 100
    warmup: int = 5
    detector_size: int = 416


@dataclass(frozen=True, kw_only=True)
class _Net:
    """A graph of the site and the tensors that it is fed, one frame each."""

    name: str
    graph: str
    tensors: npt.NDArray[np.float32]


def measure_frame(
    site: Site,
    harness: Path,
    frames: Sequence[Pixels],
    options: FrameOptions,
    on_round: Callable[[], None] = lambda: None,
) -> Result:
    """Time detector and classifier in turns, so that a machine that heats up slows down both."""
    nets = _nets(site, frames, options.detector_size)
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as folder:
        mounts = {"/site": site.folder, "/harness": harness, "/data": Path(folder)}
        with Browser(mounts=mounts) as browser:
            _write_inputs(nets, Path(folder))
            times = _rounds(browser, nets, len(frames), options, on_round)
            agent = str(browser.evaluate("() => navigator.userAgent"))
    return Result(
        benchmark="frame",
        machine=this_machine(agent),
        model=site.contract.name,
        variant=site.variant,
        inputs=len(frames),
        warmup=options.warmup,
        series=tuple(_series(net, times[net.name]) for net in nets),
    )


def _rounds(
    browser: Browser,
    nets: Sequence[_Net],
    inputs: int,
    options: FrameOptions,
    on_round: Callable[[], None],
) -> dict[str, list[float]]:
    """A round is one frame through each net several times; each turn loads its graph anew."""
    times: dict[str, list[float]] = {net.name: [] for net in nets}
    for index in range(inputs):
        runs = len(range(index, options.frames, inputs))
        for net in nets if runs else ():
            times[net.name] += _time(browser, net, index, options.warmup, runs)
        on_round()
    return times


def _time(browser: Browser, net: _Net, index: int, warmup: int, runs: int) -> list[float]:
    asked = {
        "backend": BACKEND,
        "graph": f"/site/{net.graph}",
        "input": f"/data/{net.name}-{index}.bin",
        "shape": [1, *net.tensors.shape[1:]],
        "warmup": warmup,
        "runs": runs,
    }
    taken: list[float] = browser.call("timeGraph", asked)["ms"]
    if len(taken) != runs:
        raise MachineError(f"the {net.name} was timed {len(taken)} times instead of {runs}")
    return taken


def _series(net: _Net, times_ms: Sequence[float]) -> Series:
    shape = (1, *net.tensors.shape[1:])
    return Series(name=net.name, backend=BACKEND, shape=shape, samples_ms=tuple(times_ms))


def _nets(site: Site, frames: Sequence[Pixels], detector_size: int) -> list[_Net]:
    spec = site.contract.input
    squares = np.stack([letterbox(frame, detector_size).square for frame in frames])
    faces = normalise(np.stack([whole(frame, spec.size) for frame in frames]), spec)
    return [
        _Net(name="detector", graph=site.detector, tensors=squares.astype(np.float32)),
        _Net(name="classifier", graph=site.classifier, tensors=faces),
    ]


def _write_inputs(nets: Sequence[_Net], folder: Path) -> None:
    for net in nets:
        for index, tensor in enumerate(net.tensors):
            (folder / f"{net.name}-{index}.bin").write_bytes(tensor.astype("<f4").tobytes())
