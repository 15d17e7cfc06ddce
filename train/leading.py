"""Which answer leads from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from train.trace_file import Moment, Trace


@dataclass(frozen=True, kw_only=True)
class Span:
    """Whole seconds in which one label's mean probability is the highest; None without a face."""

    start_s: int
    stop_s: int
    label: str | None
    mean: float | None


def leading(trace: Trace, head: int) -> list[Span]:
    """Second by second, neighbours with the same answer as one."""
    labels = trace.heads[head].labels
    spans: list[Span] = []
    for start_s, moments in _seconds(trace):
        means = _means(moments, head)
        best = max(range(len(means)), key=means.__getitem__) if means else None
        label = None if best is None else labels[best]
        mean = None if best is None else means[best]
        before = spans[-1] if spans else None
        if before and before.label == label and before.stop_s == start_s:
            spans[-1] = _joined(before, mean)
        else:
            spans.append(Span(start_s=start_s, stop_s=start_s + 1, label=label, mean=mean))
    return spans


def _joined(span: Span, mean: float | None) -> Span:
    seconds = span.stop_s - span.start_s
    if span.mean is not None and mean is not None:
        mean = (span.mean * seconds + mean) / (seconds + 1)
    return Span(start_s=span.start_s, stop_s=span.stop_s + 1, label=span.label, mean=mean)


def _seconds(trace: Trace) -> list[tuple[int, list[Moment]]]:
    found: dict[int, list[Moment]] = {}
    for moment in trace.moments:
        found.setdefault(int(moment.time_s), []).append(moment)
    return list(found.items())


def _means(moments: list[Moment], head: int) -> list[float]:
    """Each label's, over the frames with a face; empty where there is none."""
    rows = [moment.probabilities[head] for moment in moments if moment.probabilities]
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]
