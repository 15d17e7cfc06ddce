"""The page, built by Vite; again only when a source changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from export.build_once import build_once, files_below, hash_of, run_builder
from export.compress import compress
from face_detect.command import MachineError

_NOT_SOURCES = {"node_modules", "build", "coverage"}


def build_web(web: Path) -> Path:
    """`web/build`, up to date and compressed: `site/` for the page and the library that it uses,
    `types/` of that, `harness/` for proofs."""
    return build_once(web / "build", sources_hash(web), lambda: _build(web))


def sources_hash(web: Path) -> str:
    """One hash over every file that the build can read, by name and content."""
    entries = (entry for entry in web.iterdir() if entry.name not in _NOT_SOURCES)
    return hash_of(web, files_below(entries))


def _build(web: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or not (web / "node_modules").is_dir():
        raise MachineError("the page cannot be built: npm and web/node_modules are needed")
    run_builder([npm, "run", "build"], web, "the page")
    compress(path for path in (web / "build" / "site").rglob("*") if path.is_file())
