"""A report as rows of text, which terminal, Markdown and page lay out each in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.report import words
from benchmarks.report.report import Report

Rows = list[tuple[str, ...]]
SUMMARY = ("mean", "sd", "min", "p50", "p90", "p95", "p99", "max")


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A figure beside its bounds; without any there is no verdict."""

    name: str
    title: str
    measured: str
    bound: str
    verdict: str


def headline(report: Report) -> str:
    """What was run and whether it says anything."""
    return f"{report.benchmark}{'' if report.validity.valid else ': INVALID'}"


def figure_rows(report: Report) -> list[FigureRow]:
    """Those that are bounded first, in the order of their bounds."""
    names = dict.fromkeys([*(gate.name for gate in report.gates), *report.figures])
    return [_figure_row(report, name) for name in names]


def pair_rows(report: Report) -> Rows:
    """Name, times as fast, its interval, the median pair, the least and the most, pairs."""
    return [
        (
            pairs.name,
            f"{pairs.ratio.mean_ratio:.2f} ×",
            f"{pairs.ratio.low:.2f}–{pairs.ratio.high:.2f}",
            *(f"{value:.2f}" for value in (pairs.ratio.p50, pairs.ratio.min, pairs.ratio.max)),
            str(pairs.ratio.count),
        )
        for pairs in report.pairs
    ]


def series_rows(report: Report) -> Rows:
    """Name, unit, samples, every figure of `SUMMARY`, and the median's interval."""
    return [
        (
            series.name,
            series.unit,
            str(series.summary.count),
            *(number(series.unit, getattr(series.summary, name)) for name in SUMMARY),
            f"{number(series.unit, series.summary.p50_low)}–"
            f"{number(series.unit, series.summary.p50_high)}",
        )
        for series in report.series
    ]


def change_rows(report: Report) -> Rows:
    """Name, old, new, new / old, verdict with the guilty stage."""
    changes = report.comparison.changes if report.comparison else ()
    return [
        (
            change.name,
            *(_value(change.name, change.unit, value) for value in (change.old, change.new)),
            words.change(change.ratio, change.low, change.high),
            change.verdict + (f", most in {change.stage}" if change.stage else ""),
        )
        for change in changes
    ]


def environment_rows(report: Report) -> Rows:
    """What is known of the machine, the browser and the site; the rest is left out."""
    return [(name, value) for name, value in _environment(report) if value]


def _figure_row(report: Report, name: str) -> FigureRow:
    gates = [gate for gate in report.gates if gate.name == name]
    verdict = "passed" if all(gate.passed for gate in gates) else "failed"
    return FigureRow(
        name=name,
        title=words.title(name),
        measured=words.figure(name, report.figures[name]),
        bound=", ".join(words.bound(name, gate.kind, gate.bound) for gate in gates),
        verdict=verdict if gates else "",
    )


def number(unit: str, value: float) -> str:
    """Bytes say themselves how many of what they are."""
    return words.amount(value, "bytes" if unit == "bytes" else "count")


def _value(name: str, unit: str | None, value: float) -> str:
    return words.figure(name, value) if unit is None else words.amount(value, unit)


def _environment(report: Report) -> Iterator[tuple[str, str]]:
    found, seen = report.environment, report.validity
    yield "date", words.date(found.date)
    yield "system", found.system
    yield "processor", f"{found.processor}, {found.cores} cores"
    yield "memory", f"{found.memory_bytes / 2**30:.1f} GiB"
    yield "browser", found.browser_name or ""
    yield "user agent", found.browser or ""
    yield "GPU", found.gpu or ""
    yield "backend", found.backend or ""
    yield "WebAssembly", _webassembly(report)
    yield "code", found.code or ""
    for name, model in found.models.items():
        yield f"model {name}", f"{model['variant']}, contract {model['contract'][:12]}"
    # In processors, as the rule is by which a run is invalid.
    yield "other programs", f"{seen.others_share * found.cores:.2f} of {found.cores} processors"
    yield "taken by the host", f"{seen.stolen_share:.0%} of the processors"
    if seen.reference_ms:
        times = f"{min(seen.reference_ms):.3f} to {max(seen.reference_ms):.3f} ms"
        yield "reference work", f"{times}, {len(seen.reference_ms)} times"


def _webassembly(report: Report) -> str:
    found = report.environment
    if found.simd is None:
        return ""
    simd = "SIMD" if found.simd else "no SIMD"
    relaxed = ", relaxed SIMD" if found.relaxed_simd else ""
    threads = f", {found.threads} thread{'' if found.threads == 1 else 's'}"
    return f"{simd}{relaxed}{threads}"
