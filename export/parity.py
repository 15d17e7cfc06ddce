"""A TF.js graph's answers in a real Chromium, beside the net's own."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from export.browser import Browser
from export.drift import Drift, Outputs, drift
from export.runners import Tensor
from face_detect.command import MachineError
from face_detect.crop import Pixels
from train.contract import Contract

MAIN = "wasm"
OTHERS = ("wasm-plain", "webgl", "webgpu")
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

    def link(self, variant: str, backend: str = MAIN) -> tuple[Link, Answers]:
        """A variant on a backend: WASM runs every crop, the software adapters a few."""
        count = len(self.known.crops) if backend == MAIN else FEW
        answers = self.run(variant, self.known.crops[:count], backend)
        link = Link(
            name=f"{variant} on {backend}",
            variant=variant,
            backend=backend,
            drift=drift(self.known.reference[:count], answers.outputs, self._contract),
            seconds=answers.seconds,
            ms=answers.ms,
        )
        return link, answers

    def run(self, variant: str, crops: Pixels, backend: str = MAIN) -> Answers:
        """A variant's answers to crops, by way of the page's own normalisation."""
        start = time.perf_counter()
        self._contract.write(self._folder / "contract.json")
        (self._folder / "crops.bin").write_bytes(np.ascontiguousarray(crops).tobytes())
        said = self.browser.call(
            "runPixels",
            {
                "backend": backend,
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
    """Those that can be had here; WASM has to be among them."""
    found: list[str] = browser.call("backends")
    if MAIN not in found:
        raise MachineError(f"Chromium offers no WASM with SIMD, only {found}")
    return found
