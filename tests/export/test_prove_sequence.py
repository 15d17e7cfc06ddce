"""A sequence head that nobody trained, down the whole road and back."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from export.browser import Browser
from export.graph import Graph
from export.prove_sequence import prove_sequence
from export.sequence_frames import FRAMES, sequence_frames
from tests.export.conftest import CONTRACT
from train.contract import Contract
from train.sequence.sequence_head import SequenceHead


@pytest.fixture(scope="module")
def head() -> SequenceHead:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return SequenceHead(7, 8).eval()


@pytest.fixture(scope="module")
def contract(head: SequenceHead) -> Contract:
    """Of a model that knows strangers, too: `fit --strangers`, then `sequence`."""
    of = dataclasses.replace(CONTRACT.heads[0], temperature=1.3, familiar_above=0.5)
    return dataclasses.replace(CONTRACT, heads=(of,), sequence=head.described(of))


def test_the_exported_head_gives_pythons_answers_over_300_frames_with_resets(
    web_build: Path, head: SequenceHead, contract: Contract, tmp_path: Path
) -> None:
    with Browser(mounts={"/harness": web_build / "harness", "/graphs": tmp_path}) as browser:
        proof = prove_sequence(
            head,
            contract,
            tmp_path / "head",
            converter="onnx2tf",
            browser=browser,
            url="/graphs/head",
        )
        assert browser.seen.errors == []
    links = {link.name: link.drift for link in proof.links}
    main = ("ONNX", "SavedModel", "on simd", "on wasm")
    assert {links[f"sequence {name}"].count for name in main} == {FRAMES}
    assert max(drift.max_relative for drift in links.values()) <= 1e-4
    # What the page's own kernels know, so that no model with a head needs TF.js.
    kinds = set(Graph.read(proof.graph).operator_counts())
    assert kinds <= {"MatMul", "_FusedMatMul", "Add", "AddV2", "Sub", "Mul", "Sigmoid", "Tanh"}


def test_a_model_that_tells_strangers_is_proven_like_any_other(
    head: SequenceHead, contract: Contract, tmp_path: Path
) -> None:
    folder = tmp_path / "head"
    proof = prove_sequence(head, contract, folder, converter="onnx2tf", browser=None, url="")
    assert [link.name for link in proof.links] == ["sequence ONNX", "sequence SavedModel"]
    assert max(link.drift.max_relative for link in proof.links) <= 1e-4


def test_the_frames_hold_new_faces_pauses_and_a_step_back(
    head: SequenceHead, contract: Contract
) -> None:
    assert contract.sequence is not None
    frames = sequence_frames(head, contract.sequence)
    fresh = (frames.rows[:, 8:] == 0).all(1)
    assert fresh.sum() == 6 + 2 * (2 + 1)
    assert frames.faces[:4] == [0, 1, 0, 1]
    assert np.abs(frames.states[~fresh, :7] - frames.said[~fresh]).max() > 0.1
