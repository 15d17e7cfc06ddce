"""A study's figures and the browser's in one report."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.report import words
from benchmarks.report.compare import TOTAL
from benchmarks.report.exhibits import Point, Scatter, Table
from benchmarks.report.report import Pairs, Report, Series
from benchmarks.study.arm_export import ArmExport, Shipped
from benchmarks.study.arms import Arm, Share, StudyArms
from benchmarks.study.export_arms import Exports
from benchmarks.study.measure import FRAME, LOAD
from benchmarks.study.pareto import pareto
from train.study.table import big

_WORTHS = {"accuracy": "accuracy", "macro_f1": "macro F1"}
_PARTS = {"test": "the test part", "valid": "the validation part"}
_BACKENDS = {"simd": "own kernels", "wasm": "TF.js"}
_NONE = "–"
_COLUMNS = (
    "net",
    "line",
    "accuracy",
    "macro F1",
    "ms/frame",
    "ms/crop",
    "load, ms",
    "brotli",
    "95% of ms/frame",
    "p90 of it",
    "weights",
    "runs on",
    "drift",
    "parameters",
    "multiply-adds",
)
_MISSING = ("net", "accuracy", "macro F1", "operator", "why")


@dataclass(frozen=True, kw_only=True)
class _Net:
    """An arm that exports."""

    arm: Arm
    shipped: Shipped
    frame: Series | None = None
    """All of a frame, ..."""
    crop: Series | None = None
    """... the net's part of it, ..."""
    load: Series | None = None
    """... and all until the first answer."""

    @property
    def frame_ms(self) -> float | None:
        return self.frame.summary.p50 if self.frame else None


def study_report(study: StudyArms, exports: Exports, measured: Report) -> Report:
    """`measured` has the samples, as far as there are any."""
    nets = [
        _net(arm, export.shipped, measured)
        for arm in study.arms
        if (export := exports.done.get(arm.name)) and export.shipped
    ]
    lines = {worth: _line(nets, worth) for worth in _WORTHS}
    pairs = tuple(_pairs(nets, study.reference))
    reasons = [f"{arm}: not exported: {why}" for arm, why in exports.troubles.items()]
    return dataclasses.replace(
        measured,
        validity=dataclasses.replace(
            measured.validity, reasons=(*measured.validity.reasons, *reasons)
        ),
        figures={
            "arms": float(len(study.arms)),
            "arms_exported": float(len(nets)),
            **{each.name: each.ratio.mean_ratio for each in pairs},
        },
        pairs=pairs,
        tables=tuple(_tables(study, nets, exports, measured, lines)),
        scatters=tuple(_scatters(study, nets, lines)),
        facts={**measured.facts, "arms": [_fact(arm, exports, lines) for arm in study.arms]},
    )


def _net(arm: Arm, shipped: Shipped, measured: Report) -> _Net:
    series = {each.name: each for each in measured.series}
    return _Net(
        arm=arm,
        shipped=shipped,
        frame=series.get(f"{arm.name} · {FRAME} · {TOTAL}"),
        crop=series.get(f"{arm.name} · {FRAME} · classify"),
        load=series.get(f"{arm.name} · {LOAD} · {TOTAL}"),
    )


def _line(nets: list[_Net], worth: str) -> tuple[str, ...]:
    """The names on the Pareto line of milliseconds a frame and of accuracy or macro F1."""
    return pareto(
        {
            net.arm.name: (net.frame_ms, share.mean)
            for net in nets
            if net.frame_ms is not None and (share := getattr(net.arm, worth))
        }
    )


def _pairs(nets: list[_Net], reference: str | None) -> Iterator[Pairs]:
    """How many times as fast each is as the study's reference, round by round alike."""
    timed = [net for net in nets if net.frame]
    base = next((net for net in timed if net.arm.name == reference), next(iter(timed), None))
    for net in timed:
        if base and base.frame and net.frame and net is not base:
            name = f"frame_{net.arm.name}_vs_{base.arm.name}"
            yield Pairs(name=name, ours=net.frame.samples, theirs=base.frame.samples)


def _tables(
    study: StudyArms,
    nets: list[_Net],
    exports: Exports,
    measured: Report,
    lines: Mapping[str, tuple[str, ...]],
) -> Iterator[Table]:
    part = _PARTS.get(study.part, study.part)
    yield Table(
        title=f"Nets of {study.name} in the browser",
        columns=_COLUMNS,
        rows=tuple(_row(net, lines) for net in _sorted(nets, lines)),
        note=f"Accuracy and macro F1 on {part}, means over seeds. First those on the Pareto line"
        " of accuracy (A) or macro F1 (F) and the median milliseconds of a frame, the quickest"
        " first. A crop's milliseconds are the net's own; the frame has the detector's, too. Load:"
        " from nothing to the first answer, without the network.",
    )
    missing = tuple(_missing(study, exports, measured))
    if missing:
        yield Table(title="Not in the browser", columns=_MISSING, rows=missing)


def _sorted(nets: list[_Net], lines: Mapping[str, tuple[str, ...]]) -> list[_Net]:
    """Those on a line by their time, then the others by their accuracy."""

    def place(net: _Net) -> tuple[bool, float]:
        if any(net.arm.name in line for line in lines.values()):
            return False, net.frame_ms or 0.0
        return True, -(net.arm.accuracy.mean if net.arm.accuracy else 0.0)

    return sorted(nets, key=place)


def _row(net: _Net, lines: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    arm, shipped, frame = net.arm, net.shipped, net.frame.summary if net.frame else None
    marks = "".join(
        sign for sign, line in zip("AF", lines.values(), strict=True) if arm.name in line
    )
    return (
        arm.name,
        marks,
        _share(arm.accuracy),
        _share(arm.macro_f1),
        words.short(frame.p50) if frame else _NONE,
        words.short(net.crop.summary.p50) if net.crop else _NONE,
        words.short(net.load.summary.p50) if net.load else _NONE,
        words.amount(shipped.bytes, "bytes"),
        f"{words.short(frame.p50_low)}–{words.short(frame.p50_high)}" if frame else _NONE,
        words.short(frame.p90) if frame else _NONE,
        shipped.variant,
        _BACKENDS.get(shipped.backend, shipped.backend),
        f"{shipped.max_relative:.1e}",
        _big(arm.parameters),
        _big(arm.multiply_adds),
    )


def _missing(study: StudyArms, exports: Exports, measured: Report) -> Iterator[tuple[str, ...]]:
    faults = measured.facts.get("faults")
    for arm in study.arms:
        operators, why = _why(arm, exports.done.get(arm.name), exports.troubles.get(arm.name))
        if isinstance(faults, Mapping) and arm.name in faults:
            why = f"the page: {faults[arm.name]}"
        if why:
            shares = (_share(arm.accuracy), _share(arm.macro_f1))
            yield (arm.name, *shares, operators or _NONE, why)


def _why(arm: Arm, export: ArmExport | None, trouble: str | None) -> tuple[str, str]:
    """The operators and the reason; both empty where it exports."""
    if arm.model is None:
        return "", "no run has finished"
    if trouble is not None:
        return "", f"not known yet: {trouble}"
    if export is None or export.refusal is None:
        return "", ""
    refusal = export.refusal
    return ", ".join(refusal.operators), f"{refusal.error}: {refusal.message}"


def _scatters(
    study: StudyArms, nets: list[_Net], lines: Mapping[str, tuple[str, ...]]
) -> Iterator[Scatter]:
    for worth, title in _WORTHS.items():
        yield Scatter(
            title=f"{title[0].upper()}{title[1:]} against milliseconds a frame",
            x_title="milliseconds a frame, median (logarithmic)",
            y_title=f"{title} on {_PARTS.get(study.part, study.part)}",
            points=tuple(_points(nets, worth, lines[worth])),
        )


def _points(nets: list[_Net], worth: str, line: tuple[str, ...]) -> Iterator[Point]:
    for net in nets:
        share: Share | None = getattr(net.arm, worth)
        if share is None or net.frame is None:
            continue
        found = net.frame.summary
        yield Point(
            name=net.arm.name,
            x=found.p50,
            y=share.mean,
            x_low=found.p50_low,
            x_high=found.p50_high,
            y_low=share.low,
            y_high=share.high,
            best=net.arm.name in line,
        )


def _fact(arm: Arm, exports: Exports, lines: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    """All that a program wants to know of an arm besides its samples."""
    export = exports.done.get(arm.name)
    return {
        "name": arm.name,
        "accuracy": dataclasses.asdict(arm.accuracy) if arm.accuracy else None,
        "macro_f1": dataclasses.asdict(arm.macro_f1) if arm.macro_f1 else None,
        "parameters": arm.parameters,
        "multiply_adds": arm.multiply_adds,
        "shipped": dataclasses.asdict(export.shipped) if export and export.shipped else None,
        "refusal": dataclasses.asdict(export.refusal) if export and export.refusal else None,
        "pareto": [worth for worth, line in lines.items() if arm.name in line],
    }


def _share(share: Share | None) -> str:
    if share is None:
        return _NONE
    if share.low is None or share.high is None:
        return f"{share.mean:.1%}"
    return f"{share.mean:.1%} ±{100 * (share.high - share.mean):.1f}"


def _big(count: int | None) -> str:
    return _NONE if count is None else big(count)
