"""What the page has to keep to, and what follows when it does not."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.page_result import Gate, PageResult
from face_detect.command import FacecastError, GateError, MachineError

HEAP_MB = 1.0
CLICK_MS = 100.0
FIRST_VISIT_KB = 250.0
BUSY_SHARE = 0.25
"""From here on, other programs decide what a time says."""


def page_gates(result: PageResult) -> tuple[Gate, ...]:
    """Every bound, in the order in which a reader asks for them."""
    return tuple(_gates(result))


def verdict(gate: Gate, others_share: float) -> str:
    if gate.passed:
        return "passed"
    return "not judged" if gate.is_timed and others_share > BUSY_SHARE else "failed"


def complaint(result: PageResult, gates: tuple[Gate, ...]) -> FacecastError | None:
    """The error to end with: a gate that failed comes before one that could not be judged."""
    told = {
        kind: [_line(gate) for gate in gates if verdict(gate, result.others_share) == kind]
        for kind in ("failed", "not judged")
    }
    if told["failed"]:
        return GateError("; ".join(told["failed"]))
    if told["not judged"]:
        busy = f"other programs took {result.others_share:.0%} of the processors"
        return MachineError(f"the measurement is invalid: {busy}; {'; '.join(told['not judged'])}")
    return None


def _gates(result: PageResult) -> Iterator[Gate]:
    first, live = result.first, result.live
    gained = abs(live.tensors_after - live.tensors_before)
    yield Gate(name="tensors gained or lost", measured=gained, allowed=0, unit="")
    for heap in live.heaps:
        name = f"heap drift of the {heap.place} per 1,000 frames"
        drift_mb = heap.drift_bytes(live.results) / 1e6
        yield Gate(name=name, measured=drift_mb, allowed=HEAP_MB, unit="MB")
    name, count = "tasks over 50 ms while live", len(live.long_tasks)
    yield Gate(name=name, measured=count, allowed=0, unit="", is_timed=True)
    name, slowest_ms = "slowest answer to a click", max(result.answers_ms)
    yield Gate(name=name, measured=slowest_ms, allowed=CLICK_MS, unit="ms", is_timed=True)
    name = "interactive, before the model"
    yield Gate(name=name, measured=first.interactive_ms, allowed=first.model_ms, unit="ms")
    name = "first visit without weights and .wasm"
    light_kb = sum(file.sent_bytes for file in first.files if not file.is_heavy) / 1000
    yield Gate(name=name, measured=light_kb, allowed=FIRST_VISIT_KB, unit="KB")


def _line(gate: Gate) -> str:
    unit = f" {gate.unit}" if gate.unit else ""
    return f"{gate.name}: measured {gate.measured:.4g}{unit}, allowed {gate.allowed:.4g}{unit}"
