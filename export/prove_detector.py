"""The face detector by the same road, held to the torch net at every size that the page uses."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from export.browser import Browser
from export.convert import packed_size
from export.detector import detector_graph
from export.drift import Outputs, relative
from export.execute import executor
from export.gates import EXACT, Gate, hold
from export.graph import Graph
from export.manifest import Selftest
from export.parity import MAIN, OTHERS, backends
from export.runners import Tensor
from export.selftest import DETECTOR_SIZE, DETECTOR_TOLERANCE, selftest, selftest_pixels
from export.variants import VARIANTS, write_variant
from face_detect.crop import Pixels
from face_detect.letterbox import letterbox
from face_detect.tiny import TinyFaceNet

SIZES = (416, 320, 224, 160)
Run = Callable[[str, Tensor], tuple[Outputs, float | None]]
"""A variant's raw outputs for an input [N, H, W, 3], and the median time of one of them."""


@dataclass(frozen=True, kw_only=True)
class DetectorProof:
    """The variant to ship lies in `folder`."""

    folder: Path
    variant: str
    proven: bool
    brotli_bytes: int
    operators: Mapping[str, int]
    gates: tuple[Gate, ...]
    ms: Mapping[str, float]
    """Median per size, where a browser ran it."""
    selftest: Selftest


@dataclass(frozen=True, kw_only=True)
class Input:
    """Letterboxed pictures of one size, and what the net itself says to them."""

    nhwc: Tensor
    reference: Outputs


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One variant beside the net."""

    variant: str
    gates: tuple[Gate, ...]
    ms: Mapping[str, float]


def prove_detector(
    weights: Path, work: Path, pictures: Sequence[Pixels], browser: Browser | None, url: str
) -> DetectorProof:
    """The smallest variant whose raw outputs stay within f32's tolerance of the torch net."""
    (work / "conversion").mkdir(parents=True)
    net = TinyFaceNet.read(weights)
    graph = detector_graph(weights, work / "conversion")
    for variant in VARIANTS:
        write_variant(graph, variant, work / variant)
    packed = {variant: packed_size(work / variant) for variant in VARIANTS}
    known = ask_detector(net, selftest_pixels(DETECTOR_SIZE, 3)[None].astype(np.float32))
    inputs = [known, *(ask_detector(net, _letterboxed(pictures, size)) for size in SIZES)]
    if browser is None:
        found, others = choose_detector(packed, inputs, in_tensorflow(work)), []
    else:
        found = choose_detector(packed, inputs, in_browser(browser, url, work))
        others = _other_backends(browser, url, work, found.variant, known)
    return DetectorProof(
        folder=work / found.variant,
        variant=found.variant,
        proven=browser is not None,
        brotli_bytes=packed[found.variant],
        operators=dict(graph.operator_counts()),
        gates=(*found.gates, *others),
        ms=found.ms,
        selftest=selftest(known.reference, DETECTOR_TOLERANCE),
    )


def ask_detector(net: TinyFaceNet, nhwc: Tensor) -> Input:
    """Put letterboxed pictures to the net itself."""
    return Input(nhwc=nhwc, reference=_raw(net, nhwc))


def choose_detector(packed: Mapping[str, int], inputs: Sequence[Input], run: Run) -> Trial:
    """f32 has to pass, for it proves the graph; what ships is the smallest that passes."""
    exact = _trial("f32", inputs, run)
    hold(exact.gates)
    for variant in sorted(packed, key=lambda name: (packed[name], name == "f32")):
        trial = exact if variant == "f32" else _trial(variant, inputs, run)
        if all(gate.passed for gate in trial.gates):
            return trial
    return exact


def in_browser(browser: Browser, url: str, work: Path, backend: str = MAIN) -> Run:
    """The graphs that lie in `work`, in the page, which finds them at `url`."""

    def run(variant: str, nhwc: Tensor) -> tuple[Outputs, float | None]:
        (work / "input.bin").write_bytes(np.ascontiguousarray(nhwc, np.float32).tobytes())
        said = browser.call(
            "runGraph",
            {
                "backend": backend,
                "graph": f"{url}/{variant}/model.json",
                "input": f"{url}/input.bin",
                "shape": list(nhwc.shape),
            },
        )
        return np.array(said["values"], np.float32), statistics.median(said["ms"])

    return run


def in_tensorflow(work: Path) -> Run:
    """The graphs that lie in `work`, without a browser."""

    def run(variant: str, nhwc: Tensor) -> tuple[Outputs, float | None]:
        answer = executor(Graph.read(work / variant))
        return np.concatenate([answer(picture[None]) for picture in nhwc]), None

    return run


def _trial(variant: str, inputs: Sequence[Input], run: Run) -> Trial:
    gates, ms = [], {}
    for item in inputs:
        size = item.nhwc.shape[1]
        outputs, median = run(variant, item.nhwc)
        gates.append(_gate(f"detector, {variant} at {size}", item.reference, outputs))
        if median is not None:
            ms[str(size)] = median
    return Trial(variant=variant, gates=tuple(gates), ms=ms)


def _other_backends(
    browser: Browser, url: str, work: Path, variant: str, known: Input
) -> list[Gate]:
    gates = []
    offered = backends(browser)
    for backend in (name for name in OTHERS if name in offered):
        outputs, _ = in_browser(browser, url, work, backend)(variant, known.nhwc)
        link = f"detector, {variant} on {backend} at {DETECTOR_SIZE}"
        gates.append(_gate(link, known.reference, outputs))
    hold(gates)
    return gates


def _gate(link: str, reference: Outputs, measured: Outputs) -> Gate:
    assert EXACT.max_relative is not None
    return Gate(
        link=link,
        figure="max_relative",
        measured=relative(reference.ravel(), measured.ravel()),
        allowed=EXACT.max_relative,
    )


def _raw(net: TinyFaceNet, nhwc: Tensor) -> Outputs:
    planes = torch.from_numpy(np.ascontiguousarray(nhwc.transpose(0, 3, 1, 2)))
    with torch.inference_mode():
        result: Outputs = net(planes).permute(0, 2, 3, 1).numpy()
    return result


def _letterboxed(pictures: Sequence[Pixels], size: int) -> Tensor:
    return np.stack([letterbox(picture, size).square for picture in pictures]).astype(np.float32)
