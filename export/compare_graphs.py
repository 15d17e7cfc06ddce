"""Every converter's graph of one net, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from export.cleanup import cleanup
from export.drift import drift
from export.graph import Graph
from export.parity import TFJS, Prover
from export.to_tf import CONVERTERS
from export.to_tfjs import to_tfjs
from train.contract import Contract

FOLDER = "converters"


@dataclass(frozen=True, kw_only=True)
class GraphFigures:
    """What a graph consists of, as the converter left it and after the clean-up."""

    converter: str
    operators_before: Mapping[str, int]
    operators_after: Mapping[str, int]
    bytes: int
    ms_before: float | None = None
    """Median of one input on WASM, where a browser ran it."""
    ms_after: float | None = None
    max_relative: float | None = None
    """Drift of the cleaned graph from the net's own answers."""

    @property
    def transposes(self) -> tuple[int, int]:
        """Before and after."""
        return self.operators_before.get("Transpose", 0), self.operators_after.get("Transpose", 0)


def compare_converters(
    onnx_file: Path, contract: Contract, prover: Prover | None
) -> list[GraphFigures]:
    """Convert by each converter that there is; time and check the graphs where a browser is."""
    work = onnx_file.parent / FOLDER
    saved_models = {name: work / name / "saved_model" for name in CONVERTERS}
    for name, saved_model in saved_models.items():
        CONVERTERS[name]().convert(onnx_file, saved_model)
    found = compare_graphs(saved_models, work)
    return found if prover is None else [_timed(item, contract, prover) for item in found]


def compare_graphs(saved_models: Mapping[str, Path], work: Path) -> list[GraphFigures]:
    """Clean up each SavedModel; `work/CONVERTER` takes its graph `before` and `after`."""
    return [_figures(name, folder, work / name) for name, folder in saved_models.items()]


def _figures(converter: str, saved_model: Path, out: Path) -> GraphFigures:
    graph: Graph = to_tfjs(saved_model)
    before = graph.operator_counts()
    graph.write(out / "before")
    size = cleanup(graph).write(out / "after")
    return GraphFigures(
        converter=converter,
        operators_before=before,
        operators_after=graph.operator_counts(),
        bytes=size,
    )


def _timed(item: GraphFigures, contract: Contract, prover: Prover) -> GraphFigures:
    known = prover.known
    before = prover.run(f"{FOLDER}/{item.converter}/before", known.crops, TFJS)
    after = prover.run(f"{FOLDER}/{item.converter}/after", known.crops, TFJS)
    apart = drift(known.reference, after.outputs, contract)
    return replace(item, ms_before=before.ms, ms_after=after.ms, max_relative=apart.max_relative)
