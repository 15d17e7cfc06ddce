"""Series out of outcomes: one for each stage of each part of a film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.outcome import Outcome
from benchmarks.report.compare import TOTAL
from benchmarks.report.report import Series
from benchmarks.shots import Shot


def series_of(
    name: str, shots: Sequence[Shot], outcomes: Sequence[Outcome], warmup: int
) -> Iterator[Series]:
    """Parts apart, for a far face takes another time than a near one."""
    for part in dict.fromkeys(shot.part for shot in shots):
        own = [o for shot, o in zip(shots, outcomes, strict=True) if shot.part == part]
        yield from stage_series(f"{name} · {part}", name, own, warmup)


def stage_series(
    group: str, of: str, outcomes: Sequence[Outcome], warmup: int = 0
) -> Iterator[Series]:
    """Whoever tells of no stages has his total."""
    stages = [name for name in outcomes[0].stages if name != TOTAL]
    for stage in (*stages, TOTAL):
        samples = [o.ms if stage == TOTAL else o.stages[stage] for o in outcomes]
        yield Series(
            name=f"{group} · {stage}",
            unit="ms",
            samples=tuple(samples),
            warmup=warmup,
            stage=stage,
            of=of,
        )
