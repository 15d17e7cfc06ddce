"""The parity chain of a sequence head: many frames of several faces, beside the head itself."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch

from export.browser import Browser
from export.convert_sequence import GRAPH, ONNX, SAVED_MODEL, convert_sequence
from export.drift import Outputs, drift, relative
from export.gates import EXACT, Gate, gates_for, hold
from export.manifest import Selftest
from export.parity import MAIN, OTHERS, Link, backends
from export.prove import SLOW
from export.runners import run_onnx, run_saved_model
from export.selftest import DETECTOR_TOLERANCE, selftest
from export.sequence_frames import SequenceFrames, sequence_frames
from train.contract import Contract
from train.sequence.sequence_head import SequenceHead

FEW = 50
"""Frames, a reset among them, on software stand-ins for a GPU, which take a tenth of a second."""
_TIMEOUT_S = 300.0


@dataclass(frozen=True, kw_only=True)
class SequenceProof:
    """A head that held its gates, and where its forms lie."""

    folder: Path
    links: tuple[Link, ...]
    gates: tuple[Gate, ...]
    selftest: Selftest

    @property
    def graph(self) -> Path:
        return self.folder / GRAPH


def prove_sequence(
    head: SequenceHead,
    contract: Contract,
    folder: Path,
    *,
    converter: str,
    browser: Browser | None,
    url: str,
) -> SequenceProof:
    """Convert the head and hold every link's gates; the browser serves `folder` at `url`."""
    assert contract.sequence is not None
    convert_sequence(head, converter, folder)
    frames = sequence_frames(head, contract.sequence)
    judge = _judge(contract, contract.sequence.head)
    onnx = partial(run_onnx, folder / ONNX, frames.rows, "nhwc")
    saved_model = partial(run_saved_model, folder / SAVED_MODEL, frames.rows)
    links = [
        _link("ONNX", onnx, frames.states, judge),
        _link("SavedModel", saved_model, frames.states, judge),
    ]
    if browser is not None:
        contract.write(folder / "contract.json")
        frames.write(folder / "frames.json")
        links += _in_browser(browser, url, frames, judge)
    gates = [gate for link in links for gate in gates_for(link.name, link.drift, EXACT)]
    hold(gates)
    return SequenceProof(
        folder=folder,
        links=tuple(links),
        gates=tuple(gates),
        selftest=_known_answer(head),
    )


def _in_browser(browser: Browser, url: str, frames: SequenceFrames, judge: Contract) -> list[Link]:
    """The page's own way from answer to answer, on every backend that is here."""
    answers = frames.states[:, : judge.outputs]
    offered = backends(browser)
    links = []
    for backend in (MAIN, *OTHERS):
        if backend in offered:
            count = FEW if backend in SLOW else len(answers)
            ask = partial(_asked, browser, url, backend, count)
            links.append(_link(f"on {backend}", ask, answers[:count], judge, backend))
    return links


def _asked(browser: Browser, url: str, backend: str, count: int) -> Outputs:
    on = {
        "backend": backend,
        "graph": f"{url}/{GRAPH}/model.json",
        "contract": f"{url}/contract.json",
        "frames": f"{url}/frames.json",
        "count": count,
    }
    return np.array(browser.call("followFaces", on, _TIMEOUT_S), np.float32)


def _link(
    name: str,
    answer: Callable[[], Outputs],
    reference: Outputs,
    judge: Contract,
    backend: str | None = None,
) -> Link:
    start = time.perf_counter()
    found = answer()
    seconds = time.perf_counter() - start
    apart = drift(reference, found, judge)
    # The memory behind the answers is none of any head's, and what it forgets shows frames later.
    furthest = max(apart.max_relative, relative(reference, found))
    apart = dataclasses.replace(apart, max_relative=furthest)
    return Link(name=f"sequence {name}", drift=apart, seconds=seconds, backend=backend)


def _judge(contract: Contract, name: str) -> Contract:
    """A contract by which drift takes the head's answers for what they are: probabilities.

    They have neither a temperature nor an energy any more.
    """
    heads = tuple(
        dataclasses.replace(head, temperature=1.0, familiar_above=None)
        for head in contract.heads
        if head.name == name
    )
    return dataclasses.replace(contract, heads=heads, output="probabilities", sequence=None)


@torch.inference_mode()
def _known_answer(head: SequenceHead) -> Selftest:
    """A row that needs no file: column i holds (7i mod 11) / 40."""
    columns = 2 * head.labels + 1 + head.units
    row = (np.arange(columns) * 7 % 11 / 40).astype(np.float32)
    outputs = head.step().eval()(torch.from_numpy(row)[None]).numpy()
    return selftest(outputs, DETECTOR_TOLERANCE)
