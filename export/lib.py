"""`dist/lib/`: the page's own library with its worker, nets and types, for other people's pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from export.manifest import NAME
from export.options import ROOT

_ENTRY = "facecast"
_SERVED = ("models", "detector", "about")
_TEXTS = (".js", ".css")
_SIBLINGS = (".br", ".gz")


def write_lib(build: Path, site: Path, lib: Path, web: Path) -> None:
    """A folder that works on its own on any host: code out of `build`, nets out of `site`."""
    lib.mkdir()
    _write_code(build / "site", lib)
    shutil.copyfile(build / "types" / f"{_ENTRY}.d.ts", lib / f"{_ENTRY}.d.ts")
    _write_nets(site, lib)
    (lib / "package.json").write_text(_package(web), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", lib / "LICENSE")
    shutil.copyfile(site / "notices.txt", lib / "notices.txt")
    shutil.copyfile(ROOT / "docs/library.md", lib / "README.md")


def needed(folder: Path, entry: Path) -> list[Path]:
    """A built file and all that it leads to. Built names carry a hash, so a file that is named
    anywhere in another is one that it asks for."""
    others = {path.name: path for path in _plain(folder)}
    found, left = [entry], [entry]
    while left:
        path = left.pop()
        text = path.read_text(encoding="utf-8") if path.suffix in _TEXTS else ""
        more = [other for name, other in others.items() if name in text and other not in found]
        found += more
        left += more
    return sorted(found)


def _write_code(page: Path, lib: Path) -> None:
    (entry,) = page.glob(f"assets/{_ENTRY}-*.js")
    for path in needed(page / "assets", entry):
        _copy(path, lib / path.relative_to(page))
    text = f'export * from "./{entry.relative_to(page).as_posix()}";\n'
    (lib / f"{_ENTRY}.js").write_text(text, encoding="utf-8")


def _write_nets(site: Path, lib: Path) -> None:
    """A reader of `lib` takes its nets from there, and holds them against the manifest there."""
    for folder in _SERVED:
        for path in _plain(site / folder):
            _copy(path, lib / path.relative_to(site))
    document = json.loads((site / NAME).read_text(encoding="utf-8"))
    files = {path: file for path, file in document["files"].items() if (lib / path).is_file()}
    own = {**document, "clips": [], "files": files}
    text = json.dumps(own, indent=1, sort_keys=True, ensure_ascii=False)
    (lib / NAME).write_text(text + "\n", encoding="utf-8")


def _package(web: Path) -> str:
    about = json.loads((web / "package.json").read_text(encoding="utf-8"))
    types, module = f"./{_ENTRY}.d.ts", f"./{_ENTRY}.js"
    package = {
        "name": _ENTRY,
        "version": about["version"],
        "description": "Finds faces and reads their emotions in the browser; nothing leaves it.",
        "license": about["license"],
        "type": "module",
        "types": types,
        "exports": {".": {"types": types, "default": module}, "./manifest.json": "./manifest.json"},
    }
    return json.dumps(package, indent=2) + "\n"


def _plain(folder: Path) -> Iterator[Path]:
    """A folder's files without their compressed siblings."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _SIBLINGS:
            yield path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
