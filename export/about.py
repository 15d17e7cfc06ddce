"""What the page's visitor is told about a model: its card, and what the export found out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from export.card import Block
from export.manifest import rounded
from train.contract import Contract, without_unset

Found = Mapping[str, Any]
"""A part of the report."""
VERSION = 1
SCHEMA = Path(__file__).with_name("about.schema.json")
# To so many digits the figures are the same on every run.
_DIGITS = {"max_relative": 2, "flips": 3, "mean_kl": 2}


def about_file(name: str) -> str:
    """Where a model's document lies in the site: not beside the net, which is loaded without it."""
    return f"about/{name}.json"


def write_abouts(site: Path, evidence: Found, cards: Mapping[str, Sequence[Block]]) -> None:
    """One document for each model in the site; it carries no times, see `about.schema.json`."""
    for model in evidence["models"]:
        contract = Contract.read(site / "models" / model["name"] / "contract.json")
        card = cards.get(model["name"], [])
        text = json.dumps(about(contract, model, evidence["detector"], card), ensure_ascii=False)
        path = site / about_file(model["name"])
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")


def kept_card(before: Path, name: str) -> list[Block]:
    """The card of a model that this export leaves alone, from the site before."""
    path = before / about_file(name)
    if not path.is_file():
        return []
    blocks: list[Block] = json.loads(path.read_text(encoding="utf-8"))["card"]
    return blocks


def about(
    contract: Contract, model: Found, detector: Found, card: Sequence[Block]
) -> dict[str, Any]:
    """A model's document; `model` and `detector` are their parts of the report."""
    return {
        "version": VERSION,
        "name": contract.name,
        "net": contract.net,
        "card": list(card),
        "input": {"size": contract.input.size, "channels": contract.input.channels},
        "heads": [asdict(head, dict_factory=without_unset) for head in contract.heads],
        "origin": asdict(contract.origin),
        "conversion": model["road"],
        "shipped": model["shipped"],
        "proven": model["proven"],
        "crops": model["crops"],
        "links": [_link(link, model["gates"]) for link in model["links"]],
        "missing_backends": model["missing_backends"],
        "variants": model["variants"],
        "operators": model["operators"],
        "recall": [_recall(found) for found in model["accuracy"]],
        "detector": _detector(detector),
    }


def _link(link: Found, gates: Sequence[Found]) -> dict[str, Any]:
    allowed = {gate["figure"]: gate["allowed"] for gate in gates if gate["link"] == link["name"]}
    return {
        "name": link["name"],
        "variant": link["variant"],
        "backend": link["backend"],
        "crops": link["count"],
        "figures": [
            {"name": name, "measured": rounded(link[name], digits), "allowed": allowed.get(name)}
            for name, digits in _DIGITS.items()
        ],
    }


def _recall(found: Found) -> dict[str, Any]:
    return {
        "head": found["head"],
        "macro_before": rounded(found["macro_before"], 4),
        "macro_after": rounded(found["macro_after"], 4),
        "labels": [
            {
                "label": label,
                "pictures": count,
                "before": rounded(found["before"][label], 4),
                "after": rounded(found["after"][label], 4),
            }
            for label, count in found["pictures"].items()
        ],
    }


def _detector(detector: Found) -> dict[str, Any]:
    return {
        "variant": detector["variant"],
        "proven": detector["proven"],
        "brotli_bytes": detector["brotli_bytes"],
        "operators": detector["operators"],
        "links": [
            {
                "name": gate["link"],
                "measured": rounded(gate["measured"], 2),
                "allowed": gate["allowed"],
            }
            for gate in detector["gates"]
        ],
    }
