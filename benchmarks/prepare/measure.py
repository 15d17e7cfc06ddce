"""Pictures a second on one core, prepared and in the naive way, in turns on the same pictures."""

from __future__ import annotations

import contextlib
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import cv2
import torch

from benchmarks.prepare.naive_way import naive_way
from benchmarks.prepare.worker_memory import WorkerMemory
from benchmarks.report.environment import ROOT, this_environment
from benchmarks.report.report import Pairs, Report, Series
from benchmarks.report.validity import Watch, too_few
from benchmarks.run_module import run_module
from face_detect.build import build_detector
from face_detect.command import InputError, MachineError
from face_detect.detector import Detector
from train.contract import Crop
from train.crops import page_detector
from train.data.open_dataset import open_dataset
from train.data.record import Record
from train.prepare.cut_portion import cut_portion
from train.prepare.cutting import Cutting
from train.prepare.keep_memory import keep_memory
from train.prepare.options import PrepareOptions
from train.prepare.portion import Portion

OURS = "prepare"
NAIVE = "naive"
HAAR = "naive with Haar"
_MEGABYTE = 1e6
Way = Callable[[Sequence[Record], Path], int]
"""Faces of these pictures into that folder, and how many there are."""
OnStep = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class PrepareRun:
    """How much is measured."""

    data: Path
    pictures: int = 500
    block: int = 10
    """Pictures of which each way's time is taken together: ours looks at several at once."""
    haar: bool = False
    """Whether OpenCV's cascade takes part, which looks at every size in the whole picture."""
    memory: bool = True
    """Whether all of the data are prepared once more, by several workers, to see their memory."""
    workers: int = 2


def measure_prepare(run: PrepareRun, on_step: OnStep = lambda part, done: None) -> Report:
    """`on_step` hears how many "pictures" are done and then how many "workers" were watched."""
    records = _chosen(run)
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name, Watch() as watch:
        folder = Path(name)
        ways = _ways(run)
        seen = _in_turns(records, ways, run.block, folder, watch, on_step)
        memory = _watched(run, folder / "shards", on_step) if run.memory else None
        counts = {way: len(times) for way, times in seen.ms.items()}
        validity = watch.validity(too_few(counts))
    pairs = tuple(
        Pairs(
            name=f"prepare_vs_{'haar' if way == HAAR else 'naive'}",
            ours=tuple(seen.ms[OURS]),
            theirs=tuple(times),
        )
        for way, times in seen.ms.items()
        if way != OURS
    )
    return Report(
        benchmark="prepare",
        environment=this_environment(),
        validity=validity,
        figures={pair.name: pair.ratio.mean_ratio for pair in pairs}
        | {
            f"{_figure(way)}_pictures_per_s_core": 1000 / statistics.mean(times)
            for way, times in seen.ms.items()
        }
        | (_memory_figures(memory) if memory else {}),
        series=(
            *(
                Series(name=f"{way} · picture", unit="ms", samples=tuple(times), of=_of(way))
                for way, times in seen.ms.items()
            ),
            *(_memory_series(memory) if memory else ()),
        ),
        pairs=pairs,
        facts={"pictures": len(records), "faces": seen.faces, "block": run.block},
    )


@dataclass(frozen=True, kw_only=True)
class _Seen:
    ms: dict[str, list[float]]
    """Of a picture, as the mean of each block."""
    faces: dict[str, int]


def _in_turns(
    records: Sequence[Record],
    ways: dict[str, Way],
    size: int,
    folder: Path,
    watch: Watch,
    on_step: OnStep,
) -> _Seen:
    """Every block goes all the ways before the next; who is first changes from block to block."""
    ms: dict[str, list[float]] = {name: [] for name in ways}
    faces = dict.fromkeys(ways, 0)
    with contextlib.ExitStack() as stack:
        workers = {name: stack.enter_context(_worker(name)) for name in ways}
        for name, way in ways.items():
            _of_block(workers[name], way, records[:2], folder)  # nets are read at their first use
        for begin in range(0, len(records), size):
            block = records[begin : begin + size]
            turn = begin // size % len(ways)
            names = [*ways][turn:] + [*ways][:turn]
            for name in names:
                found, block_ms = _of_block(workers[name], ways[name], block, folder)
                faces[name] += found
                ms[name].append(block_ms / len(block))
            watch.tick()
            on_step("pictures", begin + len(block))
    return _Seen(ms=ms, faces=faces)


def _of_block(
    worker: ProcessPoolExecutor, way: Way, block: Sequence[Record], folder: Path
) -> tuple[int, float]:
    """How many faces, and in how many milliseconds."""
    with tempfile.TemporaryDirectory(dir=folder) as into:
        begun_s = time.perf_counter()
        found = worker.submit(way, block, Path(into)).result()
        return found, (time.perf_counter() - begun_s) * 1000


def _worker(name: str) -> ProcessPoolExecutor:
    """A process on one core for each way; ours is set up as `train prepare` sets up its own."""
    return ProcessPoolExecutor(
        1, multiprocessing.get_context("spawn"), _begin, (keep_memory if name == OURS else None,)
    )


def _begin(also: Callable[[], None] | None) -> None:
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    if also is not None:
        also()


def _ways(run: PrepareRun) -> dict[str, Way]:
    options = PrepareOptions()
    ways: dict[str, Way] = {
        OURS: partial(_prepared, options=options),
        NAIVE: partial(_naive, options=options, detector="page"),
    }
    if run.haar:
        ways[HAAR] = partial(_naive, options=options, detector="haar")
    return ways


def _prepared(records: Sequence[Record], folder: Path, *, options: PrepareOptions) -> int:
    cutting = Cutting(
        framing="photo",
        crop=options.crop,
        boxes=options.boxes,
        size=options.size,
        margin=options.margin,
        quality=options.quality,
    )
    part = cut_portion(Portion(number=0, first=0, records=tuple(records), cutting=cutting))
    (folder / "part.tar").write_bytes(part.tar)
    return len(part.rows)


def _naive(
    records: Sequence[Record], folder: Path, *, options: PrepareOptions, detector: str
) -> int:
    return naive_way(records, folder, _detector(detector, options.crop), options)


@lru_cache(maxsize=1)
def _detector(name: str, crop: Crop) -> Detector:
    """Made once in every process."""
    return build_detector("haar") if name == "haar" else page_detector(crop)


def _chosen(run: PrepareRun) -> Sequence[Record]:
    """Spread over the whole dataset: all zips take part."""
    records = open_dataset(run.data).records
    if len(records) < run.pictures:
        raise InputError(f"{run.data}: holds {len(records)} pictures, fewer than {run.pictures}")
    return [records[number * len(records) // run.pictures] for number in range(run.pictures)]


def _watched(run: PrepareRun, out: Path, on_step: OnStep) -> WorkerMemory:
    words = ["train", "prepare", str(run.data.resolve()), "--out", str(out)]
    words += ["--framing", "photo", "--workers", str(run.workers)]
    with WorkerMemory() as memory:
        code, said = run_module(words, ROOT, lambda line: None)
    if code:
        raise MachineError(f"train prepare ended with {code}: {said}")
    on_step("workers", run.workers)
    return memory


def _memory_figures(memory: WorkerMemory) -> dict[str, float]:
    return {
        "prepare_worker_peak_mb": memory.worker_peak_bytes / _MEGABYTE,
        "prepare_worker_growth_ratio": memory.growth,
        "prepare_parent_peak_mb": memory.parent_peak_bytes / _MEGABYTE,
    }


def _memory_series(memory: WorkerMemory) -> tuple[Series, ...]:
    held = tuple(bytes_ / _MEGABYTE for bytes_ in memory.held_bytes)
    return (Series(name="prepare · worker's memory", unit="MB", samples=held, of="ours"),)


def _figure(way: str) -> str:
    return {OURS: "prepare", NAIVE: "naive", HAAR: "haar"}[way]


def _of(way: str) -> str:
    return "ours" if way == OURS else way
