"""What the turns of a run say, in the parts of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.peers.agreement import agreements
from benchmarks.peers.contestants import SKIPPING
from benchmarks.peers.figures import (
    SAME_OUTPUT,
    detect_pairs,
    different_boxes,
    different_outputs,
    faces_found,
    found_nothing,
    frame_pairs,
    net_pairs,
)
from benchmarks.peers.turns import Turns
from benchmarks.peers.versions import versions
from benchmarks.report.compare import TOTAL
from benchmarks.report.report import Pairs, Series
from benchmarks.report.validity import too_few
from benchmarks.shots import Film, found_by_part
from benchmarks.stages import series_of, stage_series


@dataclass(frozen=True, kw_only=True)
class Found:
    """All that was measured: the film once, and each net by its model's name."""

    film: Film
    models: tuple[str, ...]
    frames: Turns
    nets: Mapping[str, Turns]
    warmup: int

    def figures(self) -> dict[str, float]:
        """Ratios of means; one of work that was not the same is not among them."""
        ratios = {pairs.name: pairs.ratio.mean_ratio for pairs in self.pairs()}
        return {**ratios, **faces_found(self.models, self.film.shots, self.frames.outcomes)}

    def pairs(self) -> Iterator[Pairs]:
        yield from frame_pairs(self.models, self.frames)
        if not list(different_boxes(self.frames)):
            yield from detect_pairs(self.frames)
        for model, turns in self.nets.items():
            yield from net_pairs(model, turns)

    def problems(self) -> Iterator[str]:
        """Why it says nothing, besides what the machine did."""
        totals = (one for one in self.series() if one.stage == TOTAL)
        yield from too_few({series.name: len(series.samples) for series in totals})
        yield from found_nothing(self.film.shots, self.frames.outcomes)
        yield from different_boxes(self.frames)
        for model, turns in self.nets.items():
            for name, apart in different_outputs(model, turns).items():
                if not apart <= SAME_OUTPUT:
                    yield f"{name} gives other outputs for {model} than ours ({apart:.1e} apart)"

    def series(self) -> Iterator[Series]:
        for name, outcomes in self.frames.outcomes.items():
            yield from series_of(name, self.film.shots, outcomes, self.warmup)
        for model, turns in self.nets.items():
            for name, outcomes in turns.outcomes.items():
                yield from stage_series(f"{name} · {model} alone", name, outcomes, self.warmup)

    def facts(self) -> dict[str, object]:
        shots = self.film.shots
        apart = {model: different_outputs(model, turns) for model, turns in self.nets.items()}
        return {
            "frames": dict(Counter(shot.part for shot in shots)),
            "faces_found": {
                name: found_by_part(shots, [outcome.box for outcome in outcomes])
                for name, outcomes in self.frames.outcomes.items()
            },
            "agreement": agreements(shots, self.frames.outcomes),
            "outputs_apart": apart,
            "reused": {
                name: sum(outcome.reused for outcome in outcomes)
                for name, outcomes in self.frames.outcomes.items()
                if name.endswith(SKIPPING)
            },
            "versions": versions(),
            "contestants": dict(self.frames.told),
            "first_of_a_frame": dict(self.frames.firsts),
            "two_frames_running": self.frames.repeats,
        }
