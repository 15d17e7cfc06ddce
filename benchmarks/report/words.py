"""Figures and amounts as a person reads them."""

from __future__ import annotations

from export.report import human_bytes

TITLES = {
    "detect_416_vs_faceapi": "whole-frame detection at 416, beside face-api",
    "frame_slim_vs_faceapi": "a frame with emotion-slim, beside face-api",
    "frame_slim_vs_human": "a frame with emotion-slim, beside human",
    "frame_b0_vs_faceapi": "a frame with emotion-b0, beside face-api",
    "frame_b0_vs_human": "a frame with emotion-b0, beside human",
    "frame_slim_skipping_vs_faceapi": "emotion-slim resting with a face, beside face-api",
    "frame_slim_skipping_vs_human": "emotion-slim resting with a face, beside human",
    "frame_slim_skipping_reused_ratio": "frames in which emotion-slim rested",
    "frame_b0_skipping_vs_faceapi": "emotion-b0 resting with a face, beside face-api",
    "frame_b0_skipping_vs_human": "emotion-b0 resting with a face, beside human",
    "frame_b0_skipping_reused_ratio": "frames in which emotion-b0 rested",
    "classify_slim_vs_ort": "emotion-slim alone, beside onnxruntime-web",
    "classify_slim_vs_litert": "emotion-slim alone, beside LiteRT.js",
    "classify_vs_ort": "emotion-b0 alone, beside onnxruntime-web",
    "classify_vs_litert": "emotion-b0 alone, beside LiteRT.js",
    "faces_found_vs_faceapi": "frames with a face found, beside face-api",
    "camera_results_per_s": "results per second of a camera",
    "camera_dropped_ratio": "frames of the camera dropped",
    "long_tasks": "tasks over 50 ms on the main thread",
    "first_visit_bytes_vs_faceapi": "bytes of a first visit, beside face-api",
    "first_result_ms_vs_faceapi": "time to the first result, beside face-api",
    "tensor_drift": "tensors gained in a long run",
    "camera_tensor_drift": "tensors gained while the camera runs",
    "page_heap_drift_mb": "memory gained by the window, each 1,000 frames",
    "worker_heap_drift_mb": "memory gained by the worker, each 1,000 frames",
    "slow_clicks": "clicks answered late while a clip is read",
    "interactive_vs_model": "when the camera can be turned on, beside when the model runs",
    "first_visit_bytes": "a first visit, all up to the first result",
    "first_visit_light_bytes": "the same without the nets",
    "first_visit_requests": "requests of a first visit",
    "warm_visit_bytes": "a second visit",
    "warm_result_vs_cold": "first result of a second visit, beside the first's",
    "offline_result_vs_cold": "first result without a network, beside a first visit's",
    "first_inference_vs_steady": "the first frame's time, beside a later one's",
    "latency_drift_ratio": "latency at the end of a long run, of that at its start",
    "soak_page_heap_drift_mb": "memory gained by the window in a long run, each 1,000 frames",
    "soak_worker_heap_drift_mb": "memory gained by the worker in a long run, each 1,000 frames",
    "soak_memory_drift_mb": "memory gained by all processes in a long run, each 1,000 frames",
}
"""What figures say; another is shown by its name."""
_SIGNS = {"at_least": "≥", "at_most": "≤"}


def title(name: str) -> str:
    """A figure in words."""
    return TITLES.get(name, name.removesuffix("_mb").replace("_", " "))


def figure(name: str, value: float) -> str:
    """A figure with its unit, by what its name ends in."""
    if "_vs_" in name:
        return f"{value:.2f} ×"
    if name.endswith("_ratio"):
        return f"{100 * value:.1f}%"
    if name.endswith("_bytes"):
        return amount(value, "bytes")
    for ending, unit in (("_per_s", "/s"), ("_ms", "ms"), ("_mb", "MB"), ("_s", "s")):
        if name.endswith(ending):
            return amount(value, unit)
    return short(value)


def bound(name: str, kind: str, value: float) -> str:
    """What a budget allows."""
    shown = f"{value:g} ×" if "_vs_" in name else figure(name, value)
    return f"{_SIGNS[kind]} {shown}"


def amount(value: float, unit: str) -> str:
    """With its unit."""
    if unit == "bytes":
        return human_bytes(round(value))
    return short(value) if unit == "count" else f"{short(value)} {unit}"


def date(iso: str) -> str:
    """Without seconds."""
    return iso[:16].replace("T", " ") + " UTC"


def short(value: float) -> str:
    """About three digits that count."""
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def change(ratio: float | None, low: float | None, high: float | None) -> str:
    """New / old with its interval."""
    if ratio is None:
        return "from 0"
    interval = "" if low is None or high is None else f" ({low:.2f}–{high:.2f})"
    return f"{ratio:.2f} ×{interval}"
