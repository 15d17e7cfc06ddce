"""A TF.js graph's answers in a real Chromium, beside the net's own."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from export.browser import Browser
from export.crops import a_few
from export.drift import Drift, Outputs, drift
from export.runners import Tensor
from face_detect.command import MachineError
from face_detect.crop import Pixels
from train.contract import Contract

MAIN = "simd"
"""The page's first choice: its own kernels."""
TFJS = "wasm"
"""What serves graphs with operators that those do not know."""
OTHERS = (TFJS, "wasm-plain", "webgl", "webgpu")
_NEEDED = {"wasm": "WASM with SIMD", "wasm-plain": "WASM without SIMD"}
FEW = 8
_TIMEOUT_S = 300.0


@dataclass(frozen=True, kw_only=True)
class Link:
    """One step of the chain from torch to the page, measured."""

    name: str
    drift: Drift
    seconds: float
    variant: str | None = None
    backend: str | None = None
    ms: float | None = None
    """Median time of one input, where a browser ran it."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a graph said in the browser."""

    outputs: Outputs
    ms: float
    seconds: float


@dataclass(frozen=True, kw_only=True)
class ParitySet:
    """Crops, and what the net itself says to them."""

    crops: Pixels
    inputs: Tensor
    reference: Outputs


class Prover:
    """Runs a model's graphs on the parity set in one browser, which serves `folder` at `url`."""

    def __init__(
        self,
        *,
        browser: Browser,
        contract: Contract,
        known: ParitySet,
        folder: Path,
        url: str,
    ) -> None:
        self.browser, self._contract = browser, contract
        self.known = known
        self._folder, self._url = folder, url
        self._refusals: dict[str, str] = {}

    def main(self, variant: str) -> str:
        """The backend that the page takes for a variant."""
        return TFJS if self.refusal(variant) else MAIN

    def refusal(self, variant: str) -> str:
        """Why the page's own kernels do not take a variant; nothing where they do."""
        if variant not in self._refusals:
            graph = f"{self._url}/{variant}/model.json"
            self._refusals[variant] = self.browser.call("unserved", {"graph": graph}) or ""
        return self._refusals[variant]

    def link(
        self, variant: str, backend: str | None = None, on_main: Outputs | None = None
    ) -> tuple[Link, Answers]:
        """A variant on a backend beside the net, or beside its own answers on the main backend.
        That one runs every crop, the others a few."""
        main = self.main(variant)
        backend = backend or main
        count = len(self.known.crops)
        picked = list(range(count)) if backend == main else a_few(count, FEW)
        answers = self.run(variant, self.known.crops[picked], backend)
        reference = self.known.reference if on_main is None else on_main
        beside = "" if on_main is None else f" beside {main}"
        link = Link(
            name=f"{variant} on {backend}{beside}",
            variant=variant,
            backend=backend,
            drift=drift(reference[picked], answers.outputs, self._contract),
            seconds=answers.seconds,
            ms=answers.ms,
        )
        return link, answers

    def run(self, variant: str, crops: Pixels, backend: str | None = None) -> Answers:
        """A variant's answers to crops, by way of the page's own normalisation."""
        start = time.perf_counter()
        self._contract.write(self._folder / "contract.json")
        (self._folder / "crops.bin").write_bytes(np.ascontiguousarray(crops).tobytes())
        said = self.browser.call(
            "runPixels",
            {
                "backend": backend or self.main(variant),
                "graph": f"{self._url}/{variant}/model.json",
                "contract": f"{self._url}/contract.json",
                "input": f"{self._url}/crops.bin",
                "count": len(crops),
            },
            _TIMEOUT_S,
        )
        outputs = np.array(said["values"], np.float32).reshape(len(crops), -1)
        seconds = time.perf_counter() - start
        return Answers(outputs=outputs, ms=statistics.median(said["ms"]), seconds=seconds)


def backends(browser: Browser) -> list[str]:
    """Those that can be had here; both kinds of WASM have to be among them."""
    found: list[str] = browser.call("backends")
    for name, words in _NEEDED.items():
        if name not in found:
            raise MachineError(f"Chromium offers no {words}, only {', '.join(found)}")
    return found
