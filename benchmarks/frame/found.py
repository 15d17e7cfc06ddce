"""What the frames of a run say, in the parts of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.frame.read import Seen
from benchmarks.report.compare import TOTAL
from benchmarks.report.report import Series
from benchmarks.report.validity import THROTTLED, too_few
from benchmarks.shots import found_by_part
from benchmarks.stages import series_of, stage_series


@dataclass(frozen=True, kw_only=True)
class Found:
    """One model of ours and the frames that it read."""

    name: str
    seen: Seen
    warmup: int
    memory_mb: Mapping[str, float] = field(default_factory=dict)
    """By name, what was held at the end."""

    def figures(self) -> dict[str, float]:
        processed = len(self.seen.outcomes)
        figures = {
            "results_per_s": processed / self.seen.seconds,
            "frames_presented": float(processed + self.seen.dropped),
            "frames_processed": float(processed),
            "frames_dropped": float(self.seen.dropped),
            "faces_found": float(sum(self._faces().values())),
            "tensor_drift": float(
                abs(self.seen.outcomes[-1].tensors - self.seen.outcomes[0].tensors)
            ),
            **self.memory_mb,
        }
        if self.seen.long_tasks_ms is not None:
            figures["long_tasks"] = float(len(self.seen.long_tasks_ms))
        return figures

    def problems(self) -> Iterator[str]:
        """Why it says nothing, besides what the machine did."""
        totals = (one for one in self._by_part() if one.stage == TOTAL)
        yield from too_few({series.name: len(series.samples) for series in totals})
        if not any(self._faces().values()):
            yield f"the face was found in none of {len(self.seen.outcomes)} frames"

    def drifts(self) -> Iterator[str]:
        """Parts of the film whose frames themselves became slower or quicker on the way."""
        for series in self._by_part():
            drift = _drift(series.samples) if series.stage == TOTAL else 1.0
            if drift > THROTTLED:
                yield (
                    f"{series.name}: the slowest third took {drift:.2f} times as long as the "
                    f"quickest, over {THROTTLED}: the processor was throttled"
                )

    def series(self) -> Iterator[Series]:
        """By part of the film, then by what the detector looked at."""
        yield from self._by_part()
        looks = {
            "whole-frame pass": [one for one in self.seen.outcomes if one.whole > 0],
            "near pass": [one for one in self.seen.outcomes if one.whole == 0 and one.near > 0],
        }
        for name, outcomes in looks.items():
            if outcomes:
                yield from stage_series(f"{self.name} · {name}", self.name, outcomes, self.warmup)

    def facts(self) -> dict[str, object]:
        tensors = [outcome.tensors for outcome in self.seen.outcomes]
        return {
            "faces_found": self._faces(),
            "whole_frame_passes": sum(outcome.whole for outcome in self.seen.outcomes),
            "tensors": {"first": tensors[0], "most": max(tensors), "last": tensors[-1]},
            "long_tasks_ms": list(self.seen.long_tasks_ms or ()),
        }

    def _faces(self) -> dict[str, int]:
        boxes = [outcome.box for outcome in self.seen.outcomes]
        return found_by_part(self.seen.shots, boxes)

    def _by_part(self) -> Iterator[Series]:
        yield from series_of(self.name, self.seen.shots, self.seen.outcomes, self.warmup)


def _drift(samples_ms: Sequence[float]) -> float:
    """The medians of the slowest and the quickest third, one by the other."""
    thirds = np.array_split(np.array(samples_ms), min(3, len(samples_ms)))
    medians = [float(np.median(third)) for third in thirds]
    return max(medians) / min(medians)
