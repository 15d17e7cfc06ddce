"""The library's folder on its own: another page of another folder reads a face with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from export.browser import Browser
from export.lib import needed
from export.manifest import NAME
from tests.export.conftest import FACE_API

_READ = """async () => {
  const base = location.origin + "/code/of/others/";
  const { FaceReader } = await import(base + "facecast.js");
  const reader = new FaceReader({ base, backends: ["simd"] });
  const picture = await (await fetch("/pictures/sample1.jpg")).blob();
  const { faces } = await reader.picture(picture);
  const { running } = reader.state;
  reader.dispose();
  return { backend: running.backend, labels: faces[0].heads[0].labels.length };
}"""


def test_what_a_built_file_leads_to_is_found_and_nothing_else(tmp_path: Path) -> None:
    for name, text in (
        ("entry-1.js", 'import "./part-2.js"'),
        ("part-2.js", 'new URL("net-3.wasm", import.meta.url)'),
        ("net-3.wasm", "page-4.js"),
        ("page-4.js", 'import "./entry-1.js"'),
        ("part-2.js.br", ""),
    ):
        (tmp_path / name).write_text(text)
    found = [path.name for path in needed(tmp_path, tmp_path / "entry-1.js")]
    assert found == ["entry-1.js", "net-3.wasm", "part-2.js"]


def test_it_carries_its_licences_and_says_what_it_is(dist: Path) -> None:
    package = json.loads((dist / "lib/package.json").read_text())
    named = [*package["exports"]["."].values(), "LICENSE", "notices.txt", "README.md"]
    assert all((dist / "lib" / name).is_file() for name in named)
    assert (package["name"], package["license"], package["type"]) == ("facecast", "MIT", "module")


def test_its_types_stand_alone(dist: Path) -> None:
    types = (dist / "lib/facecast.d.ts").read_text()
    assert "declare class FaceReader" in types
    assert "import " not in types


def test_its_manifest_names_its_own_files(dist: Path) -> None:
    document = json.loads((dist / "lib" / NAME).read_text(encoding="utf-8"))
    assert {"models/small/model.json", "detector/model.json"} <= set(document["files"])
    assert all((dist / "lib" / path).is_file() for path in document["files"])


def test_the_page_is_no_part_of_it(dist: Path) -> None:
    assert not list((dist / "lib").rglob("*.html"))
    assert not list((dist / "lib").rglob("*.css"))


@pytest.fixture
def stranger(dist: Path, page: Path) -> Iterator[Browser]:
    """A page that has nothing of ours, beside the library in a folder of its own."""
    mounts = {"/harness": page, "/code/of/others": dist / "lib", "/pictures": FACE_API / "demo"}
    with Browser(mounts=mounts) as browser:
        yield browser


def test_a_page_in_another_folder_reads_a_face_with_it(stranger: Browser) -> None:
    assert stranger.evaluate(_READ) == {"backend": "simd", "labels": 7}
    assert (stranger.seen.errors, stranger.seen.console) == ([], [])
    assert stranger.seen.foreign_requests == []
