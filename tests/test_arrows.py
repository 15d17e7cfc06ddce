"""A room imports only from the rooms above it."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("face_detect", "train", "export", "benchmarks")


def imports(source: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def wrong_arrows(root: Path) -> list[str]:
    """Every import that points down the house, as "file imports room"."""
    wrong = []
    for place, room in enumerate(ROOMS):
        below = {*ROOMS[place + 1 :], "tests"}
        for source in sorted((root / room).rglob("*.py")):
            wrong += [
                f"{source.relative_to(root)} imports {name}"
                for name in sorted(imports(source) & below)
            ]
    return wrong


def test_a_room_imports_only_from_rooms_above_it() -> None:
    assert wrong_arrows(ROOT) == []


@pytest.mark.parametrize(
    "line",
    ["import export", "from export.site import build", "def f() -> None:\n    import export.gates"],
)
def test_a_planted_import_of_a_lower_room_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train/planted.py").write_text(line)
    assert wrong_arrows(tmp_path) == ["train/planted.py imports export"]


def test_an_import_of_a_higher_room_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export/fine.py").write_text("from train.contract import Contract")
    assert wrong_arrows(tmp_path) == []


def test_no_third_party_hides_behind_a_room_name() -> None:
    assert all((ROOT / room / "__init__.py").is_file() for room in ROOMS)


def test_the_page_reads_no_python() -> None:
    sources = [*(ROOT / "web/src").rglob("*.ts"), *(ROOT / "web").glob("*.ts")]
    reading = re.compile(r"""['"][^'"\n]*\.py['"]""")
    assert [str(file) for file in sources if reading.search(file.read_text())] == []


PAGE = {
    "score": ("score",),
    "core": ("core", "score"),
    "lib": ("lib", "core", "score"),
    "offline": ("offline", "lib/trusted"),
    "app": ("app", "lib/index", "score", "offline/register"),
}
"""What each room of the page's sources may import from; the application has no private door."""
IMPORTED = re.compile(r"""\b(?:from|import|new URL)\s*\(?\s*['"]([^'"\n?]+)""")


def wrong_page_arrows(source: Path, room: str) -> list[str]:
    """Every import of ours that a room of the page has no right to, as "file imports file"."""
    wrong = []
    for file in sorted((source / room).rglob("*.ts")):
        for name in IMPORTED.findall(file.read_text(encoding="utf-8")):
            if not name.startswith(".") or name.endswith((".json", ".svg")):
                continue
            meant = os.path.relpath(file.parent / name, source)
            if (source / meant).is_dir():
                meant += "/index"
            if not any(meant == right or meant.startswith(f"{right}/") for right in PAGE[room]):
                wrong.append(f"{file.relative_to(source)} imports {meant}")
    return wrong


@pytest.mark.parametrize("room", PAGE)
def test_a_room_of_the_page_imports_only_what_it_may(room: str) -> None:
    assert wrong_page_arrows(ROOT / "web/src", room) == []


def test_the_page_has_no_other_room() -> None:
    assert {path.name for path in (ROOT / "web/src").iterdir() if path.is_dir()} <= set(PAGE)


def test_the_score_of_the_page_needs_no_package() -> None:
    sources = (file for file in (ROOT / "web/src/score").glob("*.ts") if ".test." not in file.name)
    names = {name for file in sources for name in IMPORTED.findall(file.read_text())}
    assert [name for name in names if not name.startswith("./")] == []


@pytest.mark.parametrize(
    ("room", "line", "meant"),
    [
        ("score", 'import type { Face } from "../core/messages";', "core/messages"),
        ("core", "import {\n  Face,\n} from '../lib/reader';", "lib/reader"),
        ("lib", 'const page = await import("../app/page");', "app/page"),
        ("app", 'import "../lib/reader";', "lib/reader"),
        ("app", 'export * from "../lib/index_of_all";', "lib/index_of_all"),
        ("app", 'import url from "../core/worker?worker&url";', "core/worker"),
        ("app", 'new Worker(new URL("../core/worker.ts", import.meta.url))', "core/worker.ts"),
    ],
)
def test_a_planted_import_in_the_page_is_found(
    tmp_path: Path, room: str, line: str, meant: str
) -> None:
    (tmp_path / room).mkdir()
    (tmp_path / room / "planted.ts").write_text(line)
    assert wrong_page_arrows(tmp_path, room) == [f"{room}/planted.ts imports {meant}"]


def test_the_page_may_use_the_library_by_its_index_and_the_score(tmp_path: Path) -> None:
    (tmp_path / "app/deep").mkdir(parents=True)
    (tmp_path / "lib").mkdir()
    lines = ["../../lib", "../../lib/index", "../../score/score", "../page", "./near", "uplot"]
    (tmp_path / "app/deep/fine.ts").write_text("\n".join(f'import "{name}";' for name in lines))
    assert wrong_page_arrows(tmp_path, "app") == []
