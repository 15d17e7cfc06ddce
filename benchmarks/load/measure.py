"""Cold, warm and offline start of the site, and a cold one of a face-api page, in turns.

Both pages get the same camera (a swaying face, 640 × 480 at 30 frames a second), both from a static
host on this machine that sends brotli, each cold start in a browser with a new profile. Our page's
camera is turned on by a click in the very moment in which its button is there and enabled;
face-api's page opens it at once, beside its nets. The first result is the first frame with a face
whose answer stands in the document, in milliseconds from the beginning of the navigation. Bytes are
bodies as they went over the wire, of every answer that had begun by then, to the page, its worker
or its service worker. face-api's page is the built module of its package with its detector at 416,
its expression net and TF.js' WASM with SIMD, one thread: nothing else.

A warm start is a second visit, with HTTP cache and service worker; an offline one a third, with the
host down.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.film import camera_flags, swaying, write_camera
from benchmarks.load.face_api_page import face_api_page
from benchmarks.load.figures import load_report
from benchmarks.load.host import Host
from benchmarks.load.start import Start, watch_start
from benchmarks.page.measure import LOOP
from benchmarks.page.probe import HURRY, PROBE
from benchmarks.page.visit import PageVisit
from benchmarks.pages import build_pages
from benchmarks.report.environment import Environment, this_environment
from benchmarks.report.report import Report
from benchmarks.report.validity import Watch
from benchmarks.samples import FACE, MODULES
from benchmarks.site import Site
from export.browser import Browser
from face_detect.media import read_picture

CALM_S = 1.0
"""A browser that has just started is busy with itself."""
_KEPT = "() => navigator.serviceWorker.ready.then(() => true)"


@dataclass(frozen=True, kw_only=True)
class LoadOptions:
    """How much is measured."""

    rounds: int = 5
    picture: Path = FACE
    peer: Path | None = None
    """A page to be compared with, where it is not face-api's that is built here."""


@dataclass
class Starts:
    """A round adds one to each."""

    cold: list[Start] = field(default_factory=list)
    warm: list[Start] = field(default_factory=list)
    offline: list[Start] = field(default_factory=list)
    peer: list[Start] = field(default_factory=list)
    kept_bytes: list[int] = field(default_factory=list)
    """On the wire until the first visit's service worker has all that it keeps."""


def measure_load(
    site: Site,
    options: LoadOptions,
    on_step: Callable[[str, float], None] = lambda part, done: None,
) -> Report:
    """`on_step` hears how many "rounds" are done; who comes first changes from one to the next."""
    starts = Starts()
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name, Watch() as watch:
        folder = Path(name)
        peer = options.peer or face_api_page(build_pages("load"), MODULES, folder / "face-api")
        meeting = _Meeting(folder=folder, site=site, peer=peer, watch=watch, starts=starts)
        write_camera(meeting.camera, swaying(read_picture(options.picture), LOOP))
        for number in range(options.rounds):
            turns = (meeting.ours, meeting.theirs)
            for turn in turns if number % 2 == 0 else reversed(turns):
                turn()
            on_step("rounds", number + 1)
        assert meeting.environment is not None
        return load_report(site, starts, meeting.environment, watch)


@dataclass
class _Meeting:
    """Who is measured, and where it is noted."""

    folder: Path
    site: Site
    peer: Path
    watch: Watch
    starts: Starts
    environment: Environment | None = None

    @property
    def camera(self) -> Path:
        return self.folder / "camera.y4m"

    def ours(self) -> None:
        with Host(self.site.folder) as host, self._browser() as browser:
            visit = PageVisit(browser, f"{host.address}/", HURRY + PROBE)
            self.starts.cold.append(watch_start(visit, host, "a cold start"))
            browser.evaluate(_KEPT)
            self.starts.kept_bytes.append(host.total_bytes())
            host.forget()
            visit.again(f"{host.address}/")
            self.starts.warm.append(watch_start(visit, host, "a warm start"))
            host.forget()
            host.go_down()
            visit.again(f"{host.address}/")
            self.starts.offline.append(watch_start(visit, host, "a start offline"))
            # Only now, for it makes a WebGL context that a cold start has not.
            self.environment = self.environment or this_environment(browser, self.site)
            visit.leave()
            self.watch.tick()

    def theirs(self) -> None:
        with Host(self.peer) as host, self._browser() as browser:
            visit = PageVisit(browser, f"{host.address}/", "")
            self.starts.peer.append(watch_start(visit, host, "face-api's page"))
            visit.leave()
            self.watch.tick()

    @contextmanager
    def _browser(self) -> Iterator[Browser]:
        """With a new profile, and calm."""
        before = self.folder / "before"
        before.mkdir(exist_ok=True)
        (before / "index.html").write_text("<!doctype html><title>Before the visit</title>")
        mounts = {"/before": before}
        flags = camera_flags(self.camera)
        with Browser(mounts=mounts, page="/before/index.html", flags=flags) as browser:
            browser.evaluate("() => 0")
            time.sleep(CALM_S)
            yield browser
