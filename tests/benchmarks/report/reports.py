"""Reports as a run of the peers makes them, with samples that are made up."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.report.environment import Environment
from benchmarks.report.report import Pairs, Report, Series
from benchmarks.report.validity import Validity

STAGES_MS = {"transfer": 0.6, "detect": 3.1, "crop": 0.4, "classify": 2.9, "post": 0.2}
ENVIRONMENT = Environment(
    system="Linux",
    processor="A processor",
    cores=2,
    memory_bytes=8 << 30,
    browser="Mozilla/5.0 (X11) HeadlessChrome/156.0.0.0",
    browser_name="Chromium 156",
    gpu=None,
    backend="wasm",
    simd=True,
    relaxed_simd=True,
    threads=1,
    code="0123456789ab",
    models={"emotion-slim": {"contract": "0" * 64, "variant": "u8"}},
    date="2026-01-02T03:04:05+00:00",
)


def times(mean_ms: float, count: int = 60, seed: int = 1) -> tuple[float, ...]:
    """Skewed as times are: a sharp lower edge, and a tail."""
    rng = np.random.default_rng(seed)
    return tuple(float(mean_ms * value) for value in 0.8 + rng.gamma(2, 0.1, count))


def stages(who: str, means_ms: Mapping[str, float], seed: int = 1) -> tuple[Series, ...]:
    """Every stage and their total."""
    found = {
        name: times(mean_ms, seed=seed + place)
        for place, (name, mean_ms) in enumerate(means_ms.items())
    }
    found["total"] = tuple(float(sum(frame)) for frame in zip(*found.values(), strict=True))
    return tuple(
        Series(name=f"{who} · near · {name}", unit="ms", samples=samples, stage=name, of=who)
        for name, samples in found.items()
    )


def a_report(**changes: Any) -> Report:
    """Within every bound, and valid."""
    ours = stages("ours/emotion-slim", STAGES_MS)
    theirs = Series(
        name="face-api · near · total",
        unit="ms",
        samples=times(45, seed=9),
        stage="total",
        of="face-api",
    )
    race = Pairs(name="frame_slim_vs_faceapi", ours=ours[-1].samples, theirs=theirs.samples)
    report = Report(
        benchmark="peers",
        environment=ENVIRONMENT,
        validity=Validity(others_share=0.02, reference_ms=(0.5, 0.51)),
        figures={"frame_slim_vs_faceapi": race.ratio.mean_ratio, "tensor_drift": 0},
        series=(*ours, theirs),
        pairs=(race,),
        facts={"faces found": {"near": 60, "far": 58}},
    )
    return dataclasses.replace(report, **changes)


def slower_in(stage: str, factor: float = 1.8) -> Report:
    """The same page with one stage made slow, on another day."""
    means_ms = {**STAGES_MS, stage: STAGES_MS[stage] * factor}
    return a_report(series=stages("ours/emotion-slim", means_ms, seed=40))
