"""The Tiny Face Detector's weights, from face-api's files."""

from __future__ import annotations

from pathlib import Path

from face_detect.packed_weights import Weights, read_packed_weights

WIDTHS = (16, 32, 64, 128, 256, 512)
OUTPUTS = 25
MANIFEST = "tiny_face_detector_model-weights_manifest.json"
VALUES = "tiny_face_detector_model.bin"
DEFAULT_WEIGHTS = (
    Path(__file__).resolve().parent.parent / "web/node_modules/@vladmandic/face-api/model"
)
"""Of all of face-api's nets."""


def read_tiny_weights(folder: Path) -> Weights:
    """Every tensor of the net, as real numbers; refuses files that are not exactly that net."""
    return read_packed_weights(
        folder / MANIFEST, folder / VALUES, _layout(), "the Tiny Face Detector"
    )


def _layout() -> dict[str, tuple[int, ...]]:
    layout: dict[str, tuple[int, ...]] = {
        "conv0/filters": (3, 3, 3, WIDTHS[0]),
        "conv0/bias": (WIDTHS[0],),
        "conv8/filters": (1, 1, WIDTHS[-1], OUTPUTS),
        "conv8/bias": (OUTPUTS,),
    }
    for i in range(1, len(WIDTHS)):
        layout[f"conv{i}/depthwise_filter"] = (3, 3, WIDTHS[i - 1], 1)
        layout[f"conv{i}/pointwise_filter"] = (1, 1, WIDTHS[i - 1], WIDTHS[i])
        layout[f"conv{i}/bias"] = (WIDTHS[i],)
    return layout
