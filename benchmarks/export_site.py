"""The site that is measured, exported from every model of the checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.run_module import run_module
from face_detect.command import MachineError

ROOT = Path(__file__).resolve().parent.parent


def export_site(out: Path, on_line: Callable[[str], None] = lambda line: None) -> Path:
    """In a process of its own, so that nothing of TensorFlow is there while we measure."""
    code, why = run_module(["export", "--out", str(out.resolve())], ROOT, on_line)
    if code:
        raise MachineError(f"the export failed: {why or f'exit code {code}'}")
    return out / "site"
