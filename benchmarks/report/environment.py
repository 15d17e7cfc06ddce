"""Where something was measured: machine, browser, and the code and models of the site."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psutil

from benchmarks.site import Site

ROOT = Path(__file__).resolve().parent.parent.parent
_MODULE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10]
"""A WebAssembly module up to its code, with one function that answers a vector."""
_SIMD = [*_MODULE, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]
_RELAXED = [*_MODULE, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]
"""The probes of GoogleChromeLabs/wasm-feature-detect."""
_ASK = """
([simd, relaxed]) => {
    const runs = (bytes) => WebAssembly.validate(new Uint8Array(bytes));
    const renderer = () => {
        const gl = document.createElement('canvas').getContext('webgl');
        const names = gl?.getExtension('WEBGL_debug_renderer_info');
        return gl ? gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER) : null;
    };
    return {
        agent: navigator.userAgent,
        gpu: renderer(),
        simd: runs(simd),
        relaxed_simd: runs(relaxed),
        threads: globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1,
    };
}
"""


class Asked(Protocol):
    """A browser with a page open."""

    def evaluate(self, script: str, argument: object = None) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What a time depends on besides the code; where two differ here, times do not compare."""

    system: str
    processor: str
    cores: int
    memory_bytes: int
    browser: str | None = None
    """Its own name for itself; none where no browser took part."""
    browser_name: str | None = None
    """The short one with its version: "Chromium 156"."""
    gpu: str | None = None
    """The renderer that WebGL tells of."""
    backend: str | None = None
    """What the nets ran on."""
    simd: bool | None = None
    relaxed_simd: bool | None = None
    threads: int | None = None
    """That WebAssembly may have in this page; more than one only where it is isolated."""
    code: str | None = None
    """The checkout's revision, with "-dirty" where files differ from it."""
    models: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By name the SHA-256 of its `contract` and its `variant`."""
    date: str = ""
    """UTC, ISO 8601."""


def this_environment(
    browser: Asked | None = None, site: Site | None = None, backend: str | None = None
) -> Environment:
    """The machine that runs this process; what the browser's open page says; the site's models."""
    asked = browser.evaluate(_ASK, [_SIMD, _RELAXED]) if browser else {}
    agent = asked.pop("agent", None)
    return Environment(
        system=platform.platform(),
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_bytes=psutil.virtual_memory().total,
        browser=agent,
        browser_name=browser_name(agent) if agent else None,
        backend=backend,
        code=_revision(),
        models=models_of(site) if site else {},
        date=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        **asked,
    )


def browser_name(agent: str) -> str:
    """Name and first number of the version, out of a user agent that names half a dozen others."""
    for pattern, name in ((r"Firefox/(\d+)", "Firefox"), (r"Chrome/(\d+)", "Chromium")):
        if found := re.search(pattern, agent):
            return f"{name} {found[1]}"
    return agent


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _revision() -> str | None:
    """None outside of a checkout."""
    revision = _git("rev-parse", "--short=12", "HEAD")
    if revision and _git("status", "--porcelain", "--untracked-files=no"):
        return f"{revision}-dirty"
    return revision


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def models_of(site: Site) -> dict[str, dict[str, str]]:
    """By name, what tells the models of a site from others."""
    manifest = site.folder / "manifest.json"
    if not manifest.is_file():
        contract = site.contract.to_json().encode()
        return {site.contract.name: _model(contract, site.variant)}
    models = json.loads(manifest.read_text(encoding="utf-8"))["models"]
    return {
        model["name"]: _model((site.folder / model["contract"]).read_bytes(), model["variant"])
        for model in models
    }


def _model(contract: bytes, variant: str) -> dict[str, str]:
    return {"contract": hashlib.sha256(contract).hexdigest(), "variant": variant}
