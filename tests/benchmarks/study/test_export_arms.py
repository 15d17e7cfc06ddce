from pathlib import Path

import pytest

from benchmarks.study import export_arms as module
from benchmarks.study.arm_export import (
    ArmExport,
    Refusal,
    Shipped,
    read_export,
    write_export,
)
from benchmarks.study.arms import Arm
from benchmarks.study.export_arms import export_arms, site_of
from benchmarks.study.export_key import export_key
from tests.benchmarks.study.made_study import write_model

SHIPPED = Shipped(variant="u8", bytes=1, backend="simd", max_relative=0, flips=0, mean_kl=0)


@pytest.fixture
def arm(tmp_path: Path) -> Arm:
    write_model(tmp_path / "models/a", "dense:width=2")
    return Arm(name="a", model=tmp_path / "models/a")


def plant(monkeypatch: pytest.MonkeyPatch, code: int, said: str = "") -> list[list[str]]:
    """In place of the worker; what it is asked for."""
    asked: list[list[str]] = []

    def run(arguments: list[str], folder: Path, on_line: object) -> tuple[int, str]:
        asked.append(arguments)
        return code, said

    monkeypatch.setattr(module, "run_module", run)
    return asked


def test_where_the_machine_stood_in_the_way_another_call_tries_again(
    arm: Arm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = plant(monkeypatch, 3, "no Chromium")
    for _ in range(2):
        exports = export_arms([arm], tmp_path / "browser")
        assert (exports.done, exports.troubles) == ({}, {"a": "no Chromium"})
    assert len(asked) == 2


def test_an_export_that_was_killed_is_told(
    arm: Arm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, -9)
    assert export_arms([arm], tmp_path).troubles == {"a": "the export ended with -9"}


def test_what_became_of_other_weights_does_not_count(
    arm: Arm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert arm.model is not None
    kept = ArmExport(
        key=export_key(arm.model), refusal=Refusal(error="E", message="m", operators=("Det",))
    )
    write_export(tmp_path / "a.json", kept)
    asked = plant(monkeypatch, 0)
    assert export_arms([arm], tmp_path).done == {"a": kept}
    write_model(arm.model, "dense:width=3")
    assert export_arms([arm], tmp_path).done == {}
    assert len(asked) == 1


def test_a_note_of_a_site_that_is_gone_does_not_count(
    arm: Arm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert arm.model is not None
    kept = ArmExport(key=export_key(arm.model), shipped=SHIPPED)
    write_export(tmp_path / "a.json", kept)
    asked = plant(monkeypatch, 0)
    export_arms([arm], tmp_path)
    site_of(arm, tmp_path).mkdir(parents=True)
    assert export_arms([arm], tmp_path).done == {"a": kept}
    assert len(asked) == 1


def test_a_model_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    (found,) = export_arms([Arm(name="a", model=tmp_path / "gone")], tmp_path).done.values()
    assert found.refusal is not None
    assert "gone: holds no model.safetensors" in found.refusal.message


def test_a_note_that_was_cut_short_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"key": "k", "shi')
    assert read_export(tmp_path / "a.json", "k") is None


def test_an_arm_without_a_model_is_left_out(tmp_path: Path) -> None:
    assert export_arms([Arm(name="a", model=None)], tmp_path).done == {}
