from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from export.about import SCHEMA, about, kept_card
from export.card import card_blocks
from export.options import MODELS
from export.report import Report
from train.contract import Contract

GATE = {"link": "u8 on simd", "figure": "flips", "measured": 0.0078125, "allowed": 0.02}
LINK = {"name": "u8 on simd", "variant": "u8", "backend": "simd", "count": 256, "ms": 3.0}
MODEL: Report = {
    "road": "onnx2tf",
    "shipped": "u8",
    "proven": True,
    "crops": 256,
    "links": [{**LINK, "max_relative": 0.018513, "flips": 0.0078125, "mean_kl": 9.4252e-05}],
    "gates": [{**GATE, "passed": True}],
    "missing_backends": ["webgpu"],
    "variants": [{"name": "u8", "bytes": 9, "brotli_bytes": 8, "outcome": "shipped"}],
    "operators": [{"name": "AddV2", "before": 9, "after": 0}],
    "accuracy": [
        {
            "head": "emotion",
            "pictures": {"angry": 467},
            "before": {"angry": 0.4860813},
            "after": {"angry": 0.4817987},
            "macro_before": 0.4860813,
            "macro_after": 0.4817987,
        }
    ],
}
DETECTOR: Report = {
    "variant": "u8",
    "proven": True,
    "brotli_bytes": 160059,
    "operators": {"_FusedConv2D": 7},
    "gates": [{"link": "detector, u8 at 96", "measured": 4.438e-07, "allowed": 0.0001}],
    "ms": {"96": 4.3},
}
SHIPPED = sorted(path.parent for path in MODELS.glob("*/contract.json"))


@pytest.mark.parametrize("model", SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_models_document_is_as_its_schema_says_and_small(model: Path) -> None:
    card = card_blocks((model / "card.md").read_text(encoding="utf-8"))
    contract = Contract.read(model / "contract.json")
    text = json.dumps(about(contract, MODEL, DETECTOR, card))
    jsonschema.validate(json.loads(text), json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert len(text) < 15_000 + 5_000 * len(contract.heads)


def test_what_was_measured_stands_beside_what_is_allowed() -> None:
    contract = Contract.read(SHIPPED[0] / "contract.json")
    (link,) = about(contract, MODEL, DETECTOR, [])["links"]
    assert link["figures"] == [
        {"name": "max_relative", "measured": 0.019, "allowed": None},
        {"name": "flips", "measured": 0.00781, "allowed": 0.02},
        {"name": "mean_kl", "measured": 9.4e-05, "allowed": None},
    ]


def test_the_card_of_a_model_that_is_left_alone_comes_from_the_site_before(tmp_path: Path) -> None:
    assert kept_card(tmp_path, "gone") == []
    (tmp_path / "about").mkdir()
    (tmp_path / "about" / "kept.json").write_text(json.dumps({"card": card_blocks("# kept")}))
    assert kept_card(tmp_path, "kept") == card_blocks("# kept")


def test_an_export_writes_it_for_each_model(dist: Path) -> None:
    document = json.loads((dist / "site/about/small.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    backends = {link["backend"] for link in document["links"] if link["variant"] == "f32"}
    assert {"simd", "wasm"} <= backends
