"""The whole export, from an ONNX file to a folder that can be hosted."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import pytest

from export.manifest import NAME, SERVICE_WORKER
from export.pipeline import export
from export.report import SCHEMA, Report
from export.stages import stage_count
from face_detect.command import MachineError
from tests.export.conftest import CONTRACT, foreign_options
from tests.stand_ins import StandIns


def _ignore(name: str, model: str) -> None:
    pass


@pytest.fixture(scope="module")
def report(dist: Path) -> Report:
    document: Report = json.loads((dist / "report.json").read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="module")
def manifest(dist: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((dist / "site" / NAME).read_text(encoding="utf-8"))
    return document


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_chromium(monkeypatch)


def _without_chromium(patch: pytest.MonkeyPatch) -> None:
    def nothing() -> Path:
        raise MachineError("no Chromium was found")

    patch.setattr("export.browser.find_chromium", nothing)


def test_the_report_is_as_its_schema_says(report: Report) -> None:
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_every_gate_was_held_and_none_failed(report: Report) -> None:
    (model,) = report["models"]
    links = {gate["link"] for gate in model["gates"] if gate["passed"]}
    assert {"ONNX", "SavedModel", "f32 on simd", f"{model['shipped']} on simd"} <= links
    assert all(gate["passed"] for gate in report["detector"]["gates"])


def test_clips_are_counted_and_so_are_files_beside_them(report: Report) -> None:
    assert report["clips"] == {"offered": 1, "skipped": 1}


def test_the_road_that_the_model_took_is_named(dist: Path, report: Report) -> None:
    assert report["models"][0]["road"] == "onnx2tf"
    assert "Conversion: onnx2tf." in (dist / "report.html").read_text(encoding="utf-8")


def test_at_least_256_crops_ran_in_the_browser(report: Report) -> None:
    (link,) = (link for link in report["models"][0]["links"] if link["name"] == "f32 on simd")
    assert link["count"] >= 256


def test_the_smallest_that_passed_is_shipped(report: Report) -> None:
    (model,) = report["models"]
    passed = [v for v in model["variants"] if v["outcome"] in ("passed", "shipped")]
    smallest = min(passed, key=lambda variant: variant["brotli_bytes"])
    assert model["shipped"] == smallest["name"]


def test_the_page_of_the_report_needs_nothing_else(dist: Path) -> None:
    page = (dist / "report.html").read_text(encoding="utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert "data:image/png;base64," in page


def test_progress_counts_every_step(stages: list[tuple[str, str]], dist: Path) -> None:
    assert len(stages) == stage_count(models=1, accuracy=False, compare=False)


def test_the_manifest_has_the_hash_of_every_file(dist: Path, manifest: dict[str, Any]) -> None:
    site = dist / "site"
    found = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file() and path.suffix not in (".br", ".gz")
        if path.name not in (NAME, SERVICE_WORKER)
    }
    assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == found


def test_the_manifest_names_files_that_are_there(dist: Path, manifest: dict[str, Any]) -> None:
    (model,) = manifest["models"]
    named = {model["contract"], model["graph"], manifest["detector"]["graph"], "index.html"}
    named |= {model["about"], "report.html", *(clip["file"] for clip in manifest["clips"])}
    assert named <= set(manifest["files"])
    assert [clip["name"] for clip in manifest["clips"]] == ["기쁨"]
    assert len(model["selftest"]["outputs"]) == CONTRACT.outputs
    assert len(manifest["detector"]["selftest"]["outputs"]) == 3 * 3 * 25


def test_compressible_files_have_both_siblings(dist: Path) -> None:
    for name in ("index.html", NAME, "models/small/weights.bin", "notices.txt"):
        assert (dist / "site" / f"{name}.br").is_file()
        assert (dist / "site" / f"{name}.gz").is_file()


def test_the_model_lies_beside_the_site_with_what_passed(dist: Path, report: Report) -> None:
    folder = dist / "models" / "small"
    passed = {v["name"] for v in report["models"][0]["variants"] if v["outcome"] != "not measured"}
    assert {path.name for path in folder.iterdir()} == {"model.onnx", "contract.json", *passed}


def test_nothing_is_left_beside_the_export(dist: Path) -> None:
    assert [path.name for path in dist.parent.iterdir()] == ["dist"]


@pytest.fixture(scope="module")
def again(
    dist: Path,
    foreign: Path,
    clips: Path,
    stand_ins: StandIns,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """An export of all models over one that had another."""
    out = tmp_path_factory.mktemp("again") / "dist"
    shutil.copytree(dist, out)
    shutil.copytree(out / "models" / "small", out / "models" / "gone")
    with stand_ins.remembered():
        export(replace(foreign_options(foreign, out), whole=True, clips=clips), _ignore)
    return out


@pytest.mark.parametrize("folder", ["site", "lib"])
def test_a_second_export_gives_the_same_bytes(dist: Path, again: Path, folder: str) -> None:
    assert _contents(again / folder) == _contents(dist / folder)


def test_a_model_that_is_no_more_goes_with_an_export_of_all(again: Path) -> None:
    assert [path.name for path in (again / "models").iterdir()] == ["small"]


def test_each_backend_ran_what_ships_or_is_named_as_missing(report: Report) -> None:
    (model,) = report["models"]
    ran = {link["backend"] for link in model["links"] if link["variant"] == model["shipped"]}
    assert ran | set(model["missing_backends"]) == {"simd", "wasm", "wasm-plain", "webgl", "webgpu"}
    checked = {gate["link"] for gate in report["detector"]["gates"]}
    assert any("wasm-plain at 96" in link for link in checked)


def test_without_a_browser_nothing_changes(dist: Path, foreign: Path, no_chromium: None) -> None:
    before = _contents(dist)
    with pytest.raises(MachineError, match="no Chromium"):
        export(foreign_options(foreign, dist), _ignore)
    assert _contents(dist) == before


@pytest.fixture(scope="module")
def unproven(dist: Path, foreign: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another model, without a browser, beside the first; one of two data has labels of its."""
    folder = tmp_path_factory.mktemp("unproven")
    shutil.copytree(dist, folder / "dist")
    replace(CONTRACT, name="other").write(folder / "contract.json")
    face = np.full((48, 48), 128, np.uint8)
    for place in ("faces/test/happy", "masks/test/worn"):
        (folder / place).mkdir(parents=True)
        cv2.imwrite(str(folder / place / "a.png"), face)
    options = replace(
        foreign_options(foreign, folder / "dist"),
        contract=folder / "contract.json",
        data=(folder / "faces", folder / "masks"),
        unproven=True,
    )
    with pytest.MonkeyPatch.context() as patch:
        _without_chromium(patch)
        export(options, _ignore)
    return folder / "dist"


def test_data_that_know_nothing_of_the_model_s_are_told(unproven: Path) -> None:
    models = json.loads((unproven / "report.json").read_text(encoding="utf-8"))["models"]
    assert {each["name"]: each["unused_data"] for each in models} == {
        "other": ["masks"],
        "small": [],
    }


def test_an_unproven_model_beside_a_proven_one_says_so(dist: Path, unproven: Path) -> None:
    out = unproven
    document = json.loads((out / "report.json").read_text(encoding="utf-8"))
    proven = {model["name"]: model["proven"] for model in document["models"]}
    assert proven == {"other": False, "small": True}
    entries = json.loads((out / "site" / NAME).read_text(encoding="utf-8"))["models"]
    assert {entry["name"]: entry["proven"] for entry in entries} == proven
    assert all(gate["passed"] for gate in document["detector"]["gates"])
    assert len(document["detector"]["gates"]) == 5
    assert "not proven" in (out / "report.html").read_text(encoding="utf-8")
    assert (out / "models" / "small" / "model.onnx").is_file()
    assert {entry["about"] for entry in entries} == {"about/other.json", "about/small.json"}
    kept = out / "site" / "clips"
    assert _contents(kept) == _contents(dist / "site" / "clips")


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
