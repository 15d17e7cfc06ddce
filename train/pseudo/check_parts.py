"""Whether validation is what a model did not learn from, as far as its folder tells."""

from __future__ import annotations

from pathlib import Path

from train.check_held_out import check_held_out
from train.contract import Contract
from train.gather import Gathered
from train.learned_before import learned_before
from train.recipe import deciding
from train.watch import Watch


def check_parts(model: Path, contract: Contract, data: Gathered, given: Path, watch: Watch) -> None:
    """Refuse what is known to be parted otherwise than in the model's fit; tell what is unknown."""
    check_held_out(model, data)
    own = deciding(model)
    if own == data.pictures["valid"]["digest"] or learned_before(model, data) == 0:
        return
    if contract.origin.data not in ("unknown", given.name):
        why = f"was fitted to {contract.origin.data}, not to {given.name}"
    elif own is None:
        why = "does not tell which pictures decided in its fit"
    else:
        why = "was fitted with other pictures deciding (--valid, --split-seed, --relabel)"
    watch.say(
        f"{model.name} {why}: it may have learned from pictures that decide here, and then looks"
        " better than it is"
    )
