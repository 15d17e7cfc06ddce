"""The face that the benchmarks show to a camera."""

from __future__ import annotations

from pathlib import Path

DEMO = Path(__file__).resolve().parent.parent / "web/node_modules/@vladmandic/face-api/demo"
FACE = DEMO / "sample1.jpg"
