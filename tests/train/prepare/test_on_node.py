from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from face_detect.command import MachineError
from train.cluster.needs import Needs
from train.prepare.made_with import made_with
from train.prepare.on_node import on_node


def size(path: Path) -> int:
    return path.stat().st_size


@pytest.fixture
def needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Needs:
    """Of a command that was called beside its data."""
    (tmp_path / "data").write_bytes(b"four")
    monkeypatch.chdir(tmp_path)
    return Needs.here(Path("data"), look=made_with)


def test_a_path_is_meant_from_where_the_command_was_called(
    needs: Needs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert on_node(size, Path("data"), needs) == 4


def test_a_node_without_the_data_is_refused(needs: Needs, tmp_path: Path) -> None:
    """It would note every picture as missing, and leave it out."""
    (tmp_path / "data").unlink()
    with pytest.raises(MachineError, match=r"/data: is not there on node .*share the data"):
        on_node(size, Path("data"), needs)


def test_a_node_with_another_codec_is_refused(needs: Needs) -> None:
    other = dataclasses.replace(needs, versions={**needs.versions, "opencv": "0"})
    with pytest.raises(MachineError, match=r"has opencv 4\.\S+, not 0, and could round otherwise"):
        on_node(size, Path("data"), other)
