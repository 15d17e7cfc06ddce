"""What the turns of a run say, in the parts of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.outcome import Outcome
from benchmarks.peers.agreement import agreements
from benchmarks.peers.contestants import SKIPPING
from benchmarks.peers.figures import (
    SAME_OUTPUT,
    backends_apart,
    detect_pairs,
    different_boxes,
    different_outputs,
    faces_found,
    found_nothing,
    frame_pairs,
    net_pairs,
    never_reused,
    reused_ratios,
)
from benchmarks.peers.turns import Turns
from benchmarks.peers.versions import versions
from benchmarks.report.compare import TOTAL
from benchmarks.report.report import Pairs, Series
from benchmarks.report.validity import too_few
from benchmarks.shots import Film, Shot, found_by_part
from benchmarks.stages import series_of, stage_series

_Outcomes: TypeAlias = Mapping[str, Sequence[Outcome]]


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
        outcomes = self.frames.outcomes
        return {
            **ratios,
            **dict(reused_ratios(self.models, outcomes)),
            **faces_found(self.models, self.film.shots, outcomes),
        }

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
        for shots, outcomes in self._by_film():
            yield from found_nothing(shots, outcomes)
        yield from never_reused(self.frames.outcomes)
        yield from backends_apart([self.frames.told, *(each.told for each in self.nets.values())])
        yield from different_boxes(self.frames)
        for model, turns in self.nets.items():
            for name, apart in different_outputs(model, turns).items():
                if not apart <= SAME_OUTPUT:
                    yield f"{name} gives other outputs for {model} than ours ({apart:.1e} apart)"

    def series(self) -> Iterator[Series]:
        for shots, ran in self._by_film():
            for name, outcomes in ran.items():
                yield from series_of(name, shots, outcomes, self.warmup)
        for model, turns in self.nets.items():
            for name, outcomes in turns.outcomes.items():
                yield from stage_series(f"{name} · {model} alone", name, outcomes, self.warmup)

    def facts(self) -> dict[str, object]:
        moving, _ = self._by_film()
        apart = {model: different_outputs(model, turns) for model, turns in self.nets.items()}
        return {
            "frames": dict(Counter(shot.part for shot in self.film.shots)),
            "faces_found": {
                name: found_by_part(shots, [outcome.box for outcome in outcomes])
                for shots, ran in self._by_film()
                for name, outcomes in ran.items()
            },
            "agreement": agreements(*moving),
            "outputs_apart": apart,
            "versions": versions(),
            "contestants": dict(self.frames.told),
            "first_of_a_frame": dict(self.frames.firsts),
            "two_frames_running": self.frames.repeats,
        }

    def _by_film(self) -> tuple[tuple[Sequence[Shot], _Outcomes], tuple[Sequence[Shot], _Outcomes]]:
        """What was shown and what was found in it: in the film, and where it rests."""
        ran = self.frames.outcomes
        moving = {name: own for name, own in ran.items() if not name.endswith(SKIPPING)}
        resting = {name: own for name, own in ran.items() if name not in moving}
        return (self.film.shots, moving), (self.film.resting().shots, resting)
