"""The benchmark's own pages, built by the page's Vite; again only when a source changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from export.build_once import build_once, files_below, hash_of, run_builder
from export.options import ROOT
from face_detect.command import MachineError

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "node_modules"
_SOURCES = ("harness", "vite.config.ts", "tsconfig.json", "package-lock.json")
_OF_WEB = (
    "src/core",
    "src/lib",
    "src/score",
    "kernels",
    "build_kernels.ts",
    "vite_kernels.ts",
    "tsconfig.json",
    "package-lock.json",
)


def build_pages(mode: Literal["frame", "peers", "load"]) -> Path:
    """`benchmarks/build/MODE`; all but `frame` need the packages of `benchmarks/`."""
    web = ROOT / "web"
    vite = web / "node_modules" / ".bin" / "vite"
    if not vite.is_file():
        raise MachineError("the benchmark's pages cannot be built: web/node_modules is needed")
    if mode != "frame" and not PACKAGES.is_dir():
        raise MachineError(f"{PACKAGES}: is missing; run npm ci in {HERE}, or make bench")
    entries = [*(HERE / name for name in _SOURCES), *(web / name for name in _OF_WEB)]
    wanted = hash_of(ROOT, files_below(entries))
    config = os.path.relpath(HERE / "vite.config.ts", web)
    command = [str(vite), "build", "--config", config, "--mode", mode]
    build = HERE / "build" / mode
    return build_once(build, wanted, lambda: run_builder(command, web, f"the page of {mode}"))
