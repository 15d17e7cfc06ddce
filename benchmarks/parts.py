"""What a run of all consists of."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.all import OnStep, Part
from benchmarks.load.measure import LoadOptions, measure_load
from benchmarks.page.measure import PageOptions, measure_page
from benchmarks.peers.measure import PeersOptions, measure_peers
from benchmarks.report.report import Report
from benchmarks.site import Site
from benchmarks.soak import SoakOptions, measure_soak


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """How much of each is measured; the defaults are what the project's bounds were set by."""

    frames: int = 600
    seconds: float = 60.0
    rounds: int = 5
    soak_frames: int = 10_000

    def peers(self, site: Site, on_step: OnStep) -> Report:
        """Told in shares, for how many inputs a net gets is its own affair."""
        options = PeersOptions(frames=self.frames)
        return measure_peers(site, options, lambda part, done, of: on_step(part, done / of))

    def page(self, site: Site, on_step: OnStep) -> Report:
        return measure_page(site, PageOptions(seconds=self.seconds), on_step)

    def load(self, site: Site, on_step: OnStep) -> Report:
        return measure_load(site, LoadOptions(rounds=self.rounds), on_step)

    def soak(self, site: Site, on_step: OnStep) -> Report:
        return measure_soak(site, SoakOptions(frames=self.soak_frames), on_step)


def parts(amounts: Amounts) -> tuple[Part, ...]:
    """In the order in which they run; the seconds are those of two slow cores."""
    return (
        Part(
            name="peers",
            measure=amounts.peers,
            steps={"frames": 1},
            expected_s=60 + 0.2 * amounts.frames,
        ),
        Part(
            name="page",
            measure=amounts.page,
            steps={"seconds": amounts.seconds},
            expected_s=60 + amounts.seconds,
        ),
        Part(
            name="load",
            measure=amounts.load,
            steps={"rounds": amounts.rounds},
            expected_s=30 + 20 * amounts.rounds,
        ),
        Part(
            name="soak",
            measure=amounts.soak,
            steps={"frames": amounts.soak_frames},
            expected_s=15 + 0.02 * amounts.soak_frames,
        ),
    )
