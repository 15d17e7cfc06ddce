"""A sequence head that nobody trained, down the whole road and back."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import torch

from export.browser import Browser
from export.convert import Converted
from export.drift import Outputs
from export.exported import Exported
from export.gates import DriftError
from export.graph import Graph
from export.options import Options
from export.parity import ParitySet
from export.prove import Proof
from export.prove_sequence import SequenceProof, prove_sequence
from export.runners import run_onnx
from export.sequence_frames import FRAMES, sequence_frames
from export.source import Source, open_sources
from tests.export.conftest import CONTRACT
from train.checkpoint import save
from train.contract import Contract
from train.nets import build_net
from train.sequence.checkpoint import save_head
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


@pytest.fixture(scope="module")
def proof(
    head: SequenceHead, contract: Contract, tmp_path_factory: pytest.TempPathFactory
) -> SequenceProof:
    """Without a browser."""
    folder = tmp_path_factory.mktemp("proof") / "head"
    return prove_sequence(head, contract, folder, converter="onnx2tf", browser=None, url="")


def test_a_head_that_remembers_wrongly_is_refused_though_its_answers_are_right(
    head: SequenceHead, contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(path: Path, rows: Outputs, layout: str) -> Outputs:
        states = run_onnx(path, rows, layout)
        states[:, head.labels :] = 0
        return states

    monkeypatch.setattr("export.prove_sequence.run_onnx", forgetful)
    with pytest.raises(DriftError, match="sequence ONNX"):
        folder = tmp_path / "head"
        prove_sequence(head, contract, folder, converter="onnx2tf", browser=None, url="")


def test_a_model_that_tells_strangers_is_proven_like_any_other(proof: SequenceProof) -> None:
    assert [link.name for link in proof.links] == ["sequence ONNX", "sequence SavedModel"]
    assert max(link.drift.max_relative for link in proof.links) <= 1e-4


def test_a_model_goes_to_the_site_with_the_head_that_lies_beside_it(
    head: SequenceHead, contract: Contract, proof: SequenceProof, tmp_path: Path
) -> None:
    small = dataclasses.replace(contract, net="slim:width=0.2,depth=1")
    save(build_net(small), small, tmp_path / "model")
    save_head(head, tmp_path / "model")
    (source,) = open_sources(Options(models=(tmp_path / "model",), out=tmp_path, web=tmp_path))
    assert source.sequence is not None
    site = _exported(source, proof, tmp_path).write_to_site(tmp_path / "site")
    assert site.sequence is not None
    assert site.sequence.selftest == proof.selftest
    graph = Graph.read((tmp_path / "site" / site.sequence.graph).parent)
    assert graph.operator_counts() == Graph.read(proof.graph).operator_counts()
    assert Contract.read(tmp_path / "site" / site.contract) == small


def _exported(source: Source, proof: SequenceProof, folder: Path) -> Exported:
    """The model's own graph is not looked at here: any will do."""
    drift = proof.links[0].drift
    own = SimpleNamespace(
        shipped="head",
        proven=False,
        selftest=proof.selftest,
        shipped_link=lambda: SimpleNamespace(drift=drift),
    )
    shutil.copytree(proof.graph, folder / "graphs" / "head")
    converted = SimpleNamespace(folder=folder / "graphs", raw_bytes={"head": 1})
    return Exported(
        source=source,
        converted=cast(Converted, converted),
        known=cast(ParitySet, None),
        proof=cast(Proof, own),
        sequence=proof,
    )


def test_the_frames_hold_new_faces_pauses_and_a_step_back(
    head: SequenceHead, contract: Contract
) -> None:
    assert contract.sequence is not None
    frames = sequence_frames(head, contract.sequence)
    fresh = (frames.rows[:, 8:] == 0).all(1)
    assert fresh.sum() == 6 + 2 * (2 + 1)
    assert frames.faces[:4] == [0, 1, 0, 1]
    assert np.abs(frames.states[~fresh, :7] - frames.said[~fresh]).max() > 0.1
