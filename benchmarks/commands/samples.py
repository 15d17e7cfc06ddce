"""The pictures that are measured on where none are named."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "web/node_modules/@vladmandic/face-api/demo"
