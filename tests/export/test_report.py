from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from export.__main__ import _summary
from export.report import SCHEMA, human_bytes, render

HEADS = {"emotion": ["happy", "sad"], "mask": ["worn", "none"]}


@pytest.mark.parametrize(
    ("count", "words"), [(999, "999 B"), (160_059, "160 KB"), (4_104_260, "4.1 MB")]
)
def test_bytes_are_written_for_people(count: int, words: str) -> None:
    assert human_bytes(count) == words


def test_a_link_of_several_heads_has_a_row_for_each(dist: Path) -> None:
    document = json.loads((dist / "report.json").read_text(encoding="utf-8"))
    (model,) = document["models"]
    for link in model["links"]:
        (head,) = link["heads"]
        assert head == {"head": "emotion", **{key: link[key] for key in head if key != "head"}}
        link["heads"] = [{**head, "head": name} for name in HEADS]
    model["heads"] = HEADS
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert render(document).count("<td>mask</td>") == len(model["links"])


def test_data_that_know_nothing_of_the_model_s_are_named(dist: Path) -> None:
    document = json.loads((dist / "report.json").read_text(encoding="utf-8"))
    assert "not used" not in render(document)
    document["models"][0]["unused_data"] = ["masks.zip", "ages.zip"]
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert "Not one label is the model's: masks.zip, ages.zip." in render(document)
    told = _summary(document, "dist")
    assert "recall not measured on masks.zip, ages.zip: not one label there" in told


def test_a_report_of_before_heads_were_measured_is_still_shown(dist: Path) -> None:
    document = json.loads((dist / "report.json").read_text(encoding="utf-8"))
    for link in document["models"][0]["links"]:
        del link["heads"]
    assert 'class="part"' not in render(document)
