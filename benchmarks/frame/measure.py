"""The built site on a film or a camera: what each frame and each of its stages takes."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.film import camera_flags, swaying, write_camera
from benchmarks.frame.found import Found
from benchmarks.frame.read import Seen, read_camera, read_film
from benchmarks.names import ours
from benchmarks.pages import build_pages
from benchmarks.report.environment import Environment, this_environment
from benchmarks.report.report import Report
from benchmarks.report.validity import Validity, Watch
from benchmarks.shots import Film, clip_film, one_person, pictures_film, sample_film
from benchmarks.site import Site
from benchmarks.site_library import on_site
from benchmarks.windows import OWN, Where, Window, memory_mb, open_window
from face_detect.command import InputError

PAGE = "/harness/frame.html"
_LOOP = 90
"""Frames of the camera's film, which goes round and round."""
OnStep = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class FrameOptions:
    """How much is measured, and on what: our film, a clip, pictures or a camera."""

    frames: int = 600
    warmup: int = 30
    seed: int = 0
    model: str | None = None
    """The site's default where none is named."""
    clip: Path | None = None
    pictures: Sequence[Path] = ()
    camera: bool = False
    where: Where = OWN


def measure_frame(site: Site, options: FrameOptions, on_step: OnStep = lambda done: None) -> Report:
    """`on_step` hears now and then how many frames are done."""
    if options.camera and options.where.browser == "firefox":
        raise InputError("--camera: Firefox has no camera that shows a face; leave out --browser")
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name:
        folder = Path(name)
        film = None if options.camera else _film(options, folder)
        mounts = {"/site": site.folder, "/harness": build_pages("frame"), "/data": folder}
        flags = _camera(folder) if options.camera and options.where.cdp is None else ()
        with open_window(options.where, mounts, PAGE, flags) as window, Watch() as watch:
            told = window.call("open", on_site(site.folder, options.model))

            def on_block(done: int) -> None:
                watch.tick()
                on_step(done)

            seen = _read(window, film, options, on_block)
            held = dict(memory_mb(window))
            environment = _environment(window, site, options.where, told["backend"])
            watch.tick()
    found = Found(name=ours(told["model"]), seen=seen, warmup=options.warmup, memory_mb=held)
    return Report(
        benchmark="frame",
        environment=environment,
        validity=_validity(watch, options.where, found),
        figures=found.figures(),
        series=tuple(found.series()),
        facts={**told, **found.facts()},
    )


def _environment(window: Window, site: Site, where: Where, backend: str) -> Environment:
    """A browser that is not ours may be on another machine, of which it only tells so much."""
    environment = this_environment(window, site, backend)
    if where.cdp is None:
        return environment
    return dataclasses.replace(
        environment,
        system="unknown",
        # By its graphics two phones are told apart.
        processor=f"unknown, with {environment.gpu}",
        cores=int(window.evaluate("() => navigator.hardwareConcurrency")),
        memory_bytes=0,
    )


def _validity(watch: Watch, where: Where, found: Found) -> Validity:
    """Of another machine there is nothing to watch but the frames themselves."""
    if where.cdp:
        return Validity(reasons=(*found.problems(), *found.drifts()))
    return watch.validity(found.problems())


def _read(window: Window, film: Film | None, options: FrameOptions, on_block: OnStep) -> Seen:
    if film is None:
        return read_camera(window, options.frames, options.warmup, on_block)
    return read_film(window, film, options.warmup, on_block)


def _film(options: FrameOptions, folder: Path) -> Film:
    if options.clip:
        return clip_film(options.clip, folder, options.frames)
    if options.pictures:
        return pictures_film(options.pictures, folder, options.frames)
    return sample_film(folder, options.frames, options.seed)


def _camera(folder: Path) -> tuple[str, ...]:
    """Flags for a Chromium of ours; a browser that runs already has a camera of its own."""
    clip = folder / "camera.y4m"
    write_camera(clip, swaying(one_person(), _LOOP))
    return camera_flags(clip)
