"""A room imports only from the rooms above it."""

from __future__ import annotations

import ast
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
