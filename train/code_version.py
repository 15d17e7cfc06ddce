"""Which code ran, and among which packages, so that a result can be made again."""

from __future__ import annotations

import importlib.metadata
import platform
import shlex
import subprocess
import sys
from pathlib import Path

_PACKAGES = ("torch", "lightning-fabric", "numpy", "opencv-python-headless")


def code_version() -> str:
    """The checkout's commit, with "-dirty" when tracked files were changed since."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        found = subprocess.run(
            command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()


def package_versions() -> dict[str, str]:
    """Python's version and those of the packages that decide what a run comes to."""
    versions = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "none"
    return versions


def command_line() -> str:
    """This process's command as one could type it, without the interpreter's folder."""
    program, *rest = sys.orig_argv
    return shlex.join([Path(program).name, *rest])
