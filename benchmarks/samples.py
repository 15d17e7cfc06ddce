"""What the benchmarks take from the page's packages: a face for the camera, and weights."""

from __future__ import annotations

from pathlib import Path

MODULES = Path(__file__).resolve().parent.parent / "web/node_modules"
FACE = MODULES / "@vladmandic/face-api/demo/sample1.jpg"
