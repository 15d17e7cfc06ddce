from __future__ import annotations

import numpy as np
import pytest

from export.crops import OTHERS as NO_FACES
from export.crops import a_few
from export.gates import EXACT, gates_for, hold
from export.parity import FEW, OTHERS, backends
from export.prove import prove
from export.runners import run_onnx, run_saved_model
from face_detect.command import MachineError
from tests.export.conftest import Small


def test_every_backend_that_is_here_gives_the_nets_answers(small: Small) -> None:
    here = set(OTHERS) & set(backends(small.prover.browser))
    assert {"wasm", "wasm-plain"} <= here
    for backend in here:
        link, _ = small.prover.link("f32", backend)
        assert link.drift.count == FEW
        hold(gates_for(link.name, link.drift, EXACT))


@pytest.mark.parametrize("backend", ["wasm", "wasm-plain"])
def test_narrowed_weights_answer_the_same_on_every_kind_of_wasm(small: Small, backend: str) -> None:
    _, answers = small.prover.link("u8")
    link, _ = small.prover.link("u8", backend, answers.outputs)
    assert link.name == f"u8 on {backend} beside simd"
    hold(gates_for(link.name, link.drift, EXACT))


def test_a_graph_that_our_kernels_do_not_take_is_proven_on_tfjs(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small.prover, "_refusals", {"f32": "it has an operator"})
    link, _ = small.prover.link("f32")
    assert (link.name, link.drift.count) == ("f32 on wasm", len(small.known.crops))


def test_a_few_crops_are_faces_noise_and_places_without_one(small: Small) -> None:
    count = len(small.known.crops)
    picked = a_few(count, FEW)
    assert len(set(picked)) == FEW
    faces, noise = count - NO_FACES, count - NO_FACES // 2
    assert [
        sum(a <= i < b for i in picked) for a, b in ((0, faces), (faces, noise), (noise, count))
    ] == [4, 2, 2]


@pytest.mark.parametrize("missing", ["wasm", "wasm-plain"])
def test_a_chromium_without_either_kind_of_wasm_is_the_machines_fault(
    small: Small, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    offered = [name for name in backends(small.prover.browser) if name != missing]
    monkeypatch.setattr(small.prover.browser, "call", lambda name: offered)
    with pytest.raises(MachineError, match="Chromium offers no WASM with"):
        backends(small.prover.browser)


def test_onnx_and_saved_model_give_the_nets_answers(small: Small) -> None:
    expected = small.known.reference
    onnx = run_onnx(small.converted.onnx, small.known.inputs, "nchw")
    saved_model = run_saved_model(small.converted.saved_model, small.known.inputs)
    assert onnx == pytest.approx(expected, abs=1e-4)
    assert saved_model == pytest.approx(expected, abs=1e-4)


def test_the_nets_answers_are_worth_comparing(small: Small) -> None:
    labels = np.unique(small.known.reference.argmax(axis=1))
    assert len(labels) >= 3


def test_an_explicit_variant_is_shipped_when_it_passes(small: Small) -> None:
    proof = prove(small.source, small.converted, small.known, small.prover, "u16")
    assert (proof.shipped, proof.passed, proof.proven) == ("u16", ("f32", "u16"), True)
    assert [link.name for link in proof.links][:4] == [
        "ONNX",
        "SavedModel",
        "f32 on simd",
        "u16 on simd",
    ]


def test_the_page_leaves_no_trace_of_other_origins(small: Small) -> None:
    assert small.prover.browser.seen.foreign_requests == []
    assert small.prover.browser.seen.errors == []
