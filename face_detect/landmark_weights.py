"""The weights of face-api's tiny net of 68 landmarks, from its files."""

from __future__ import annotations

from pathlib import Path

from face_detect.packed_weights import Weights, read_packed_weights

POINTS = 68
WIDTHS = (32, 64, 128)
MANIFEST = "face_landmark_68_tiny_model-weights_manifest.json"
VALUES = "face_landmark_68_tiny_model.bin"


def read_landmark_weights(folder: Path) -> Weights:
    """Every tensor of the net, as real numbers; refuses files that are not exactly that net."""
    return read_packed_weights(
        folder / MANIFEST, folder / VALUES, _layout(), "the tiny landmark net"
    )


def _layout() -> dict[str, tuple[int, ...]]:
    layout: dict[str, tuple[int, ...]] = {
        "fc/weights": (WIDTHS[-1], 2 * POINTS),
        "fc/bias": (2 * POINTS,),
    }
    inputs = 3
    for i, outputs in enumerate(WIDTHS):
        for j in range(3):
            conv = f"dense{i}/conv{j}"
            if i == j == 0:
                layout[f"{conv}/filters"] = (3, 3, inputs, outputs)
            else:
                layout[f"{conv}/depthwise_filter"] = (3, 3, inputs, 1)
                layout[f"{conv}/pointwise_filter"] = (1, 1, inputs, outputs)
            layout[f"{conv}/bias"] = (outputs,)
            inputs = outputs
    return layout
