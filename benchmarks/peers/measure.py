"""Ours beside what people would use instead: same frames, one run, in turns."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names import ours
from benchmarks.pages import PACKAGES, build_pages
from benchmarks.peers.contestants import on_frames, on_tensors
from benchmarks.peers.found import Found
from benchmarks.peers.names import LITERT, ORT, PEERS
from benchmarks.peers.nets import INPUTS, Net, write_net
from benchmarks.peers.turns import Turns
from benchmarks.report.environment import this_environment
from benchmarks.report.report import Report
from benchmarks.report.validity import Watch
from benchmarks.shots import Film, clip_film, sample_film
from benchmarks.site import Site
from benchmarks.site_library import model_names
from export.browser import Browser
from export.options import ROOT
from face_detect.command import MachineError

ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""A package that asks the web for a file shall fail here, not be measured with it."""
OnStep = Callable[[str, int, int], None]
"""Hears of each part how many of how many are done."""


@dataclass(frozen=True, kw_only=True)
class PeersOptions:
    """How much is measured, on what, and beside whom."""

    frames: int = 600
    warmup: int = 20
    runs: int = 200
    """Of each net, on inputs in memory."""
    seed: int = 0
    clip: Path | None = None
    """A film of the user's own instead of ours."""
    only: tuple[str, ...] = PEERS


@dataclass(frozen=True, kw_only=True)
class _Arena:
    """Where it all happens."""

    browser: Browser
    watch: Watch
    options: PeersOptions
    on_step: OnStep

    def take_turns(self, turns: Turns, part: str, tasks: list[dict[str, object]]) -> None:
        """The first tasks are for warming up."""
        warmup = self.options.warmup

        def done(count: int) -> None:
            self.watch.tick()
            self.on_step(part, count, len(tasks) - warmup)

        turns.warm(tasks[:warmup])
        turns.run(tasks[warmup:], done)


def measure_peers(
    site: Site, options: PeersOptions, on_step: OnStep = lambda part, done, of: None
) -> Report:
    """Who is not named in `only` is left out, and so are the figures that need him."""
    pages = build_pages("peers")
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name:
        folder = Path(name)
        film = _film(options, folder)
        nets = list(_nets(site, folder, options.only))
        browser = Browser(
            mounts=_mounts(site, pages, folder), page="/harness/peers.html", flags=(ONLY_HERE,)
        )
        with browser, Watch() as watch:
            arena = _Arena(browser=browser, watch=watch, options=options, on_step=on_step)
            frames = _read_film(arena, site, film)
            runs = {net.model: _run_net(arena, net) for net in nets}
            backend = frames.told[ours(site.contract.name)]["backend"]
            environment = this_environment(browser, site, backend)
            watch.tick()
            asked = browser.seen.foreign_requests
    if asked:
        raise MachineError(f"a contestant asked the web for {asked[0]}")
    models = tuple(model_names(site.folder))
    found = Found(film=film, models=models, frames=frames, nets=runs, warmup=options.warmup)
    return Report(
        benchmark="peers",
        environment=environment,
        validity=watch.validity(found.problems()),
        figures=found.figures(),
        series=tuple(found.series()),
        pairs=tuple(found.pairs()),
        facts=found.facts(),
    )


def _film(options: PeersOptions, folder: Path) -> Film:
    if options.clip:
        return clip_film(options.clip, folder, options.frames)
    return sample_film(folder, options.frames, options.seed)


def _nets(site: Site, folder: Path, only: Collection[str]) -> Iterator[Net]:
    """None where nobody takes part who could run them."""
    if ORT in only or LITERT in only:
        models = site.folder.parent / "models"
        for name in model_names(site.folder):
            yield write_net(models, name, folder, with_tflite=LITERT in only)


def _mounts(site: Site, pages: Path, folder: Path) -> dict[str, Path]:
    return {
        "/site": site.folder,
        "/models": site.folder.parent / "models",
        "/harness": pages,
        "/data": folder,
        "/face-api": PACKAGES / "@vladmandic/face-api/model",
        "/human": PACKAGES / "@vladmandic/human/models",
        "/ort": PACKAGES / "onnxruntime-web/dist",
        "/litert": PACKAGES / "@litertjs/core/wasm",
        # face-api and human carry this version of TF.js, but not its WASM.
        "/tfjs": ROOT / "web/node_modules/@tensorflow/tfjs-backend-wasm/dist",
    }


def _read_film(arena: _Arena, site: Site, film: Film) -> Turns:
    turns = Turns(arena.browser, on_frames(site.folder, arena.options.only))
    # Warming up on the film's end, so that the film itself is read from its beginning.
    span = (len(film.shots) - arena.options.warmup, len(film.shots) * 2, "/data")
    tasks = [
        {**task, "resting": resting["shot"]}
        for task, resting in zip(film.tasks(*span), film.resting().tasks(*span), strict=True)
    ]
    arena.take_turns(turns, "frames", tasks)
    return turns


def _run_net(arena: _Arena, net: Net) -> Turns:
    turns = Turns(arena.browser, on_tensors(net, arena.options.only))
    count = arena.options.warmup + arena.options.runs
    tasks: list[dict[str, object]] = [{"input": number % INPUTS} for number in range(count)]
    arena.take_turns(turns, net.model, tasks)
    return turns
