"""What a measurement depends on besides the sites: with other values it is made again."""

from __future__ import annotations

import dataclasses
import subprocess
from typing import Any

from benchmarks.report.environment import ROOT, this_environment
from benchmarks.study.measure import TurnOptions
from export.build_once import files_below, hash_of
from export.chromium import find_chromium
from face_detect.command import MachineError

_CODE = (
    "film.py",
    "harness",
    "outcome.py",
    "pages.py",
    "report/processes.py",
    "report/validity.py",
    "shots.py",
    "site.py",
    "site_library.py",
    "stages.py",
    "study/measure.py",
    "vite.config.ts",
)


def measured_by(turns: TurnOptions) -> dict[str, Any]:
    """How much is measured, by which code, in which browser, on which processor."""
    files = files_below(ROOT / "benchmarks" / name for name in _CODE)
    return {
        "turns": dataclasses.asdict(turns),
        "code": hash_of(ROOT, files),
        "chromium": _chromium(),
        "processor": this_environment().processor,
    }


def _chromium() -> str | None:
    """Its version; none where there is no Chromium, so that nothing can be measured either."""
    try:
        command = [str(find_chromium()), "--version"]
    except MachineError:
        return None
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()
