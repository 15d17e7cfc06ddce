"""Which versions of the peers' packages take part."""

from __future__ import annotations

import json

from benchmarks.pages import HERE, PACKAGES


def versions() -> dict[str, str]:
    """As they are installed, by package."""
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {
        name: json.loads((PACKAGES / name / "package.json").read_text(encoding="utf-8"))["version"]
        for name in wanted
    }
