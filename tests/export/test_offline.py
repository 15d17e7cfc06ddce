from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from export.offline import write_offline

FILES = (
    "_headers",
    "assets/index.js",
    "assets/later/webgl.js",
    "clips/joy.mp4",
    "detector/weights.bin",
    "icons/any-192.png",
    "index.html",
    "models/large/weights.bin",
    "models/slim/weights.bin",
)
WORKER = "self.addEventListener('fetch', () => {});"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, dict.fromkeys(FILES, "0" * 64))
    return tmp_path


def write(site: Path, files: dict[str, str]) -> None:
    """A site before its service worker knows it."""
    listed = {path: {"sha256": sha256, "bytes": 1} for path, sha256 in files.items()}
    (site / "manifest.json").write_text(json.dumps({"default": "slim", "files": listed}))
    (site / "sw.js").write_text(WORKER)
    (site / "sw.js.br").write_bytes(b"of the script without the list")
    write_offline(site)


def listed(site: Path) -> dict[str, Any]:
    head, worker = (site / "sw.js").read_text().split("\n", 1)
    assert worker == WORKER
    document: dict[str, Any] = json.loads(head.removeprefix("const SITE=").removesuffix(";"))
    return document


def test_the_first_visit_needs_the_page_the_detector_and_the_default_model(site: Path) -> None:
    assert listed(site)["first"] == [
        "assets/index.js",
        "detector/weights.bin",
        "index.html",
        "manifest.json",
        "models/slim/weights.bin",
    ]


def test_other_models_and_backends_may_be_kept_later(site: Path) -> None:
    known = set(listed(site)["files"])
    assert {"models/large/weights.bin", "assets/later/webgl.js", "icons/any-192.png"} <= known


@pytest.mark.parametrize("path", ["_headers", "clips/joy.mp4"])
def test_clips_and_the_hosts_own_file_never_are(site: Path, path: str) -> None:
    assert path not in listed(site)["files"]


def test_the_manifest_is_held_to_its_hash_too(site: Path) -> None:
    sha256 = hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()
    assert listed(site)["files"]["manifest.json"] == sha256


@pytest.mark.parametrize("path", FILES)
def test_any_file_makes_another_version(site: Path, path: str) -> None:
    before = listed(site)["version"]
    write(site, {**dict.fromkeys(FILES, "0" * 64), path: "1" * 64})
    assert listed(site)["version"] != before


def test_no_compressed_sibling_of_the_script_before_is_left(site: Path) -> None:
    assert not (site / "sw.js.br").exists()
