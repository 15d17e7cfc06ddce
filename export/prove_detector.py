"""The face detector by the same road, held to the torch net at every size that the page uses."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from export.browser import Browser
from export.convert import packed_size
from export.detector import detector_graph
from export.drift import Outputs, relative
from export.gates import EXACT, Gate, hold
from export.manifest import Selftest
from export.runners import Tensor
from export.selftest import DETECTOR_SIZE, DETECTOR_TOLERANCE, selftest, selftest_pixels
from export.variants import VARIANTS, write_variant
from face_detect.crop import Pixels
from face_detect.letterbox import letterbox
from face_detect.tiny import TinyFaceNet

SIZES = (416, 320, 224, 160)


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
    known = selftest_pixels(DETECTOR_SIZE, 3)[None].astype(np.float32)
    inputs = [_letterboxed(pictures, size) for size in SIZES]
    found: tuple[str, list[Gate], dict[str, float]] = ("f32", [], {})
    if browser is not None:
        found = _smallest(browser, url, work, net, [known, *inputs], packed)
    variant, gates, ms = found
    return DetectorProof(
        folder=work / variant,
        variant=variant,
        proven=browser is not None,
        brotli_bytes=packed[variant],
        operators=dict(graph.operator_counts()),
        gates=tuple(gates),
        ms=ms,
        selftest=selftest(_raw(net, known), DETECTOR_TOLERANCE),
    )


def _smallest(
    browser: Browser,
    url: str,
    work: Path,
    net: TinyFaceNet,
    inputs: Sequence[Tensor],
    packed: Mapping[str, int],
) -> tuple[str, list[Gate], dict[str, float]]:
    gates: list[Gate] = []
    for variant in sorted(packed, key=lambda name: (packed[name], name == "f32")):
        gates, ms = [], {}
        for tensor in inputs:
            size = tensor.shape[1]
            answers, ms[str(size)] = _in_browser(browser, f"{url}/{variant}", tensor, work)
            gates.append(_gate(f"detector, {variant} at {size}", _raw(net, tensor), answers))
        if all(gate.passed for gate in gates):
            return variant, gates, ms
    hold(gates)
    raise AssertionError("no gate failed, yet no variant passed")


def _gate(link: str, reference: Outputs, measured: Outputs) -> Gate:
    assert EXACT.max_relative is not None
    return Gate(
        link=link,
        figure="max_relative",
        measured=relative(reference.ravel(), measured.ravel()),
        allowed=EXACT.max_relative,
    )


def _in_browser(browser: Browser, url: str, tensor: Tensor, work: Path) -> tuple[Outputs, float]:
    (work / "input.bin").write_bytes(np.ascontiguousarray(tensor, np.float32).tobytes())
    said = browser.call(
        "runGraph",
        {
            "backend": "wasm",
            "graph": f"{url}/model.json",
            "input": f"{url.rsplit('/', 1)[0]}/input.bin",
            "shape": list(tensor.shape),
        },
    )
    return np.array(said["values"], np.float32), statistics.median(said["ms"])


def _raw(net: TinyFaceNet, nhwc: Tensor) -> Outputs:
    planes = torch.from_numpy(np.ascontiguousarray(nhwc.transpose(0, 3, 1, 2)))
    with torch.inference_mode():
        result: Outputs = net(planes).permute(0, 2, 3, 1).numpy()
    return result


def _letterboxed(pictures: Sequence[Pixels], size: int) -> Tensor:
    return np.stack([letterbox(picture, size).square for picture in pictures]).astype(np.float32)
