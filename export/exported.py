"""One model at the end of the road, and the files that it leaves."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from export.about import about_file
from export.card import Block, card_blocks
from export.compare_graphs import GraphFigures
from export.convert import Converted
from export.gates import Gate
from export.manifest import SiteModel, SiteSequence, rounded
from export.parity import Link, ParitySet
from export.prove import Proof
from export.prove_sequence import SequenceProof
from export.site import copy_graph
from export.source import Source

CONTRACT, SEQUENCE = "contract.json", "sequence"


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A model, its graphs, and what was measured on them."""

    source: Source
    converted: Converted
    known: ParitySet
    proof: Proof
    converters: tuple[GraphFigures, ...] = ()
    """Side by side, if that was asked for."""
    sequence: SequenceProof | None = None
    """Of a model that follows a face."""
    unused_data: tuple[str, ...] = ()
    """What of the labelled data knows nothing that the model answers."""

    @property
    def name(self) -> str:
        return self.source.contract.name

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link that was measured, of both nets."""
        return (*self.proof.links, *(self.sequence.links if self.sequence else ()))

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Every gate that was held, of both nets."""
        return (*self.proof.gates, *(self.sequence.gates if self.sequence else ()))

    def write(self, folder: Path) -> None:
        """`dist/models/NAME/`: the ONNX file, the contract and every variant that passed."""
        folder.mkdir(parents=True)
        shutil.copyfile(self.converted.onnx, folder / "model.onnx")
        self.source.contract.write(folder / CONTRACT)
        for variant in self.proof.passed:
            copy_graph(self.converted.folder / variant, folder / variant)
        if self.sequence is not None:
            copy_graph(self.sequence.graph, folder / SEQUENCE)

    def write_to_site(self, site: Path) -> SiteModel:
        """The variant that ships, and its entry of the manifest."""
        folder = site / "models" / self.name
        copy_graph(self.converted.folder / self.proof.shipped, folder)
        self.source.contract.write(folder / CONTRACT)
        return SiteModel(
            name=self.name,
            variant=self.proof.shipped,
            proven=self.proof.proven,
            contract=f"models/{self.name}/{CONTRACT}",
            graph=f"models/{self.name}/model.json",
            about=about_file(self.name),
            selftest=self.proof.selftest,
            figures=self._figures(),
            sequence=self._sequence_to_site(site),
        )

    def _sequence_to_site(self, site: Path) -> SiteSequence | None:
        if self.sequence is None:
            return None
        folder = f"models/{self.name}/{SEQUENCE}"
        copy_graph(self.sequence.graph, site / folder)
        return SiteSequence(graph=f"{folder}/model.json", selftest=self.sequence.selftest)

    def card(self) -> list[Block]:
        """What was written about the model, if anything was."""
        path = self.source.card
        return card_blocks(path.read_text(encoding="utf-8")) if path is not None else []

    def _figures(self) -> dict[str, float]:
        drift = self.proof.shipped_link().drift
        return {
            "max_relative_drift": rounded(drift.max_relative, 2),
            "flips": rounded(drift.flips, 3),
            "mean_kl": rounded(drift.mean_kl, 2),
            "bytes": self.converted.raw_bytes[self.proof.shipped],
        }
