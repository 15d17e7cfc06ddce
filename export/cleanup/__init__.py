"""Make a converted graph as lean as one written by hand, without changing what it computes."""

from __future__ import annotations

from collections.abc import Callable

from export.cleanup.absorb_transpose import absorb_transposes
from export.cleanup.add_order import add_constants_first
from export.cleanup.fold_pad import fold_pads
from export.cleanup.fuse import fuse_activations, fuse_biases
from export.cleanup.hard_swish import expand_hard_swishes
from export.cleanup.identity import drop_identities
from export.cleanup.join_products import join_products
from export.cleanup.push_transpose import push_transposes
from export.cleanup.rename import rename
from export.cleanup.reshape import simplify_reshapes
from export.cleanup.transpose import drop_transposes
from export.graph import Graph

PASSES: tuple[Callable[[Graph], bool], ...] = (
    expand_hard_swishes,
    drop_identities,
    push_transposes,
    drop_transposes,
    absorb_transposes,
    simplify_reshapes,
    fold_pads,
    add_constants_first,
    fuse_biases,
    fuse_activations,
    join_products,
)
"""Each returns whether it changed anything; all repeat until none does."""


ROUNDS = 1000
"""EfficientNet-B0 takes 3."""


class EndlessCleanupError(RuntimeError):
    """Passes undo each other's work: a fault of this folder, not of the graph."""


def cleanup(graph: Graph) -> Graph:
    """Clean a graph in place and give its nodes stable names."""
    graph.prune()
    changed: list[str] = []
    for _ in range(ROUNDS):
        changed = [one.__name__ for one in PASSES if _changes(one, graph)]
        if not changed:
            return rename(graph)
    raise EndlessCleanupError(f"after {ROUNDS} rounds still at work: {', '.join(changed)}")


def _changes(one: Callable[[Graph], bool], graph: Graph) -> bool:
    changed = one(graph)
    if changed:
        graph.prune()
    return changed
