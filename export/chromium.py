"""Find a Chromium that really runs, or install one: `python -m export.chromium [--install]`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from face_detect.command import MachineError, exit_code_of

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE_FOUND = (
    "no Chromium was found; install one (Debian: sudo apt install chromium; anywhere: "
    "python -m playwright install chromium), or let FACECAST_CHROMIUM name its executable"
)
_START_S = 60.0


def find_chromium() -> Path:
    """The executable that FACECAST_CHROMIUM names, else one on PATH, else Playwright's own."""
    named = os.environ.get("FACECAST_CHROMIUM")
    if named:
        if not _runs(Path(named)):
            raise MachineError(f"{named}: FACECAST_CHROMIUM names no Chromium that runs here")
        return Path(named)
    for candidate in _candidates():
        if _runs(candidate):
            return candidate
    raise MachineError(NONE_FOUND)


def install_chromium() -> Path:
    """Find Chromium; where there is none, try apt when root and then Playwright's download."""
    for attempt in (None, *_installers()):
        if attempt:
            subprocess.run(attempt, stdout=sys.stderr)
        try:
            return find_chromium()
        except MachineError:
            if os.environ.get("FACECAST_CHROMIUM"):
                raise
    raise MachineError(f"neither apt nor Playwright could install it: {NONE_FOUND}")


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    try:
        with sync_playwright() as playwright:
            yield Path(playwright.chromium.executable_path)
    except PlaywrightError:
        return


def _runs(executable: Path) -> bool:
    """Ubuntu's chromium-browser may be a stub that only asks for a snap: run it to know."""
    try:
        command = [str(executable), "--version"]
        return subprocess.run(command, capture_output=True, timeout=_START_S).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _installers() -> Iterator[list[str]]:
    root = os.geteuid() == 0
    apt = shutil.which("apt-get")
    if root and apt:
        yield [apt, "update", "-q"]
        yield [apt, "install", "-y", "-q", "--no-install-recommends", "chromium"]
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    yield [*playwright, "--with-deps"] if root and apt else playwright


def main() -> None:
    """Entry point: silent when all is well."""
    sys.exit(exit_code_of(_run))


def _run() -> None:
    parser = argparse.ArgumentParser(prog="python -m export.chromium", description=__doc__)
    parser.add_argument("--install", action="store_true", help="install one where none is found")
    if parser.parse_args().install:
        install_chromium()
    else:
        sys.stdout.write(f"{find_chromium()}\n")


if __name__ == "__main__":
    main()
