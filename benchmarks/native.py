"""How far the browser is from the machine: the same nets without it, one thread, in turns.

Detector at 416 and each of the site's classifiers at its contract's size, one frame at a time, from
the input tensor to the output's values: torch and onnxruntime on the shipped weights, TensorFlow
and LiteRT (XNNPACK) on the site's own graph, and the page's runtime on it in Chromium. The answers
are compared first: nobody is fast by computing something else.
"""

from __future__ import annotations

import dataclasses
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.native_nets import Net, native_nets
from benchmarks.native_runners import Run, runners_of
from benchmarks.report.environment import this_environment
from benchmarks.report.report import Pairs, Report, Series
from benchmarks.report.validity import Watch
from benchmarks.samples import FACE
from benchmarks.site import Site
from export.browser import Browser
from export.drift import relative
from export.options import MODELS
from face_detect.command import GateError, MachineError

BACKEND = "wasm"
BROWSER = "browser"
_EXACT = 1e-3
"""Of runtimes with the same weights: sums in another order, no more."""
_NARROWED = 0.1
"""Of the site's narrowed weights beside the shipped ones; the export has closer bounds."""


@dataclass(frozen=True, kw_only=True)
class NativeOptions:
    """How much is measured."""

    harness: Path
    """The page's harness as it was built."""
    rounds: int = 10
    runs: int = 10
    """Of each net on each runtime in a round."""
    warmup: int = 3
    models: Path = MODELS
    """Where the shipped weights lie."""
    picture: Path = FACE


@dataclass(frozen=True, kw_only=True)
class _Place:
    """One net on one runtime."""

    net: Net
    runtime: str
    time_ms: Callable[[int, int], Sequence[float]]
    """Of so many runs, after so many that do not count."""


def measure_native(
    site: Site,
    options: NativeOptions,
    on_step: Callable[[str, float], None] = lambda part, done: None,
) -> Report:
    """`on_step` hears how many "rounds" are done; the order turns from one to the next."""
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name, Watch() as watch:
        folder = Path(name)
        nets = native_nets(site, options.models, options.picture)
        mounts = {"/site": site.folder, "/harness": options.harness, "/data": folder}
        with Browser(mounts=mounts, flags=()) as browser:
            environment = this_environment(browser, site, BACKEND)
            places, drifts = _places(nets, browser, folder, options)
            taken = _rounds(places, options, on_step, watch)
            validity = watch.validity()
    pairs = tuple(_pairs(taken, options.runs))
    return Report(
        benchmark="native",
        environment=dataclasses.replace(environment, threads=1),
        validity=validity,
        figures={each.name: each.ratio.mean_ratio for each in pairs},
        series=tuple(
            Series(name=f"{runtime} · {net}", unit="ms", samples=tuple(samples), of=_of(runtime))
            for (net, runtime), samples in taken.items()
        ),
        pairs=pairs,
        facts={"drift": drifts},
    )


def _places(
    nets: Sequence[Net], browser: Browser, folder: Path, options: NativeOptions
) -> tuple[list[_Place], dict[str, dict[str, float]]]:
    """Every net on every runtime, once their answers agree; and how far they are apart."""
    places: list[_Place] = []
    drifts: dict[str, dict[str, float]] = {}
    for net in nets:
        runners = runners_of(net, folder / net.name)
        (folder / f"{net.name}.bin").write_bytes(net.nhwc.astype("<f4").tobytes())
        answers = {name: run(net.nhwc) for name, run in runners.items()}
        answers[BROWSER] = _ask(browser, net)
        drifts[net.name] = agreement(net.name, answers)
        places.append(_Place(net=net, runtime=BROWSER, time_ms=_in_browser(browser, net)))
        places += [
            _Place(net=net, runtime=name, time_ms=_here(run, net)) for name, run in runners.items()
        ]
    return places, drifts


def agreement(net: str, answers: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Relative drift of each runtime from the one whose weights it shares; else a GateError."""
    beside = {"onnxruntime": ("torch", _EXACT), "tensorflow": (BROWSER, _EXACT)}
    beside |= {"litert": (BROWSER, _EXACT), BROWSER: ("torch", _NARROWED)}
    found = {}
    for name, (reference, allowed) in beside.items():
        drift = relative(answers[reference].ravel(), answers[name].ravel())
        if not drift <= allowed:
            raise GateError(
                f"{net}: {name} answers otherwise than {reference}"
                f" (drift {drift:.2g}, allowed {allowed:.2g})"
            )
        found[name] = drift
    return found


def _rounds(
    places: Sequence[_Place],
    options: NativeOptions,
    on_step: Callable[[str, float], None],
    watch: Watch,
) -> dict[tuple[str, str], list[float]]:
    taken: dict[tuple[str, str], list[float]] = {(p.net.name, p.runtime): [] for p in places}
    for number in range(options.rounds):
        turned = [*places[number % len(places) :], *places[: number % len(places)]]
        for place in turned if number % 2 == 0 else reversed(turned):
            times = place.time_ms(options.warmup, options.runs)
            if len(times) != options.runs:
                raise MachineError(f"{place.runtime} was timed {len(times)} times")
            taken[place.net.name, place.runtime] += times
        watch.tick()
        on_step("rounds", number + 1)
    return taken


def _pairs(taken: Mapping[tuple[str, str], Sequence[float]], runs: int) -> Iterator[Pairs]:
    """How many times as fast the browser is as the machine itself: below 1 it is slower. A pair is
    a round's mean of each."""
    for (net, runtime), samples in taken.items():
        if runtime != BROWSER:
            ours, theirs = (blocks(each, runs) for each in (taken[net, BROWSER], samples))
            yield Pairs(name=f"{net}_browser_vs_{runtime}", ours=ours, theirs=theirs)


def blocks(samples: Sequence[float], size: int) -> tuple[float, ...]:
    """The mean of each so many."""
    return tuple(
        statistics.mean(samples[begin : begin + size]) for begin in range(0, len(samples), size)
    )


def _here(run: Run, net: Net) -> Callable[[int, int], list[float]]:
    def time_ms(warmup: int, runs: int) -> list[float]:
        taken = []
        for _ in range(warmup + runs):
            start = time.perf_counter()
            run(net.nhwc)
            taken.append((time.perf_counter() - start) * 1000)
        return taken[warmup:]

    return time_ms


def _in_browser(browser: Browser, net: Net) -> Callable[[int, int], list[float]]:
    def time_ms(warmup: int, runs: int) -> list[float]:
        asked = {**_asked(net), "warmup": warmup, "runs": runs}
        taken: list[float] = browser.call("timeGraph", asked)["ms"]
        return taken

    return time_ms


def _ask(browser: Browser, net: Net) -> np.ndarray:
    return np.array(browser.call("runGraph", _asked(net))["values"], np.float32)


def _asked(net: Net) -> dict[str, object]:
    return {
        "backend": BACKEND,
        "graph": f"/site/{net.graph}",
        "input": f"/data/{net.name}.bin",
        "shape": list(net.nhwc.shape),
    }


def _of(runtime: str) -> str:
    return "ours" if runtime == BROWSER else runtime
