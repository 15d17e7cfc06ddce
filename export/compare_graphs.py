"""Two converters' graphs of one net, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from export.cleanup import cleanup
from export.graph import Graph
from export.to_tfjs import to_tfjs


@dataclass(frozen=True, kw_only=True)
class GraphFigures:
    """What a graph consists of, as the converter left it and after the clean-up."""

    converter: str
    operators_before: Mapping[str, int]
    operators_after: Mapping[str, int]
    bytes: int

    @property
    def transposes(self) -> tuple[int, int]:
        """Before and after."""
        return self.operators_before.get("Transpose", 0), self.operators_after.get("Transpose", 0)


def compare_graphs(saved_models: Mapping[str, Path], work: Path) -> list[GraphFigures]:
    """Clean up each converter's SavedModel; `work/CONVERTER` takes its graph, to be timed."""
    return [_figures(name, folder, work / name) for name, folder in saved_models.items()]


def _figures(converter: str, saved_model: Path, out: Path) -> GraphFigures:
    graph: Graph = to_tfjs(saved_model)
    before = graph.operator_counts()
    size = cleanup(graph).write(out)
    return GraphFigures(
        converter=converter,
        operators_before=before,
        operators_after=graph.operator_counts(),
        bytes=size,
    )
