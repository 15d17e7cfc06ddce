from __future__ import annotations

from pathlib import Path

import pytest

from export.options import parse_options
from face_detect.command import InputError


def test_every_model_is_exported_when_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b", "a", "not-a-model"):
        (tmp_path / "models" / name).mkdir(parents=True)
    for name in ("b", "a"):
        (tmp_path / "models" / name / "contract.json").touch()
    monkeypatch.chdir(tmp_path)
    assert [path.name for path in parse_options([]).models] == ["a", "b"]


def test_without_any_model_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="python -m train"):
        parse_options([])


def test_several_models_can_be_named() -> None:
    options = parse_options(["--model", "models/a", "--model", "models/b"])
    assert options.models == (Path("models/a"), Path("models/b"))


def test_a_foreign_net_comes_alone() -> None:
    assert parse_options(["--onnx", "net.onnx", "--contract", "c.json"]).models == ()


@pytest.mark.parametrize("arguments", [["--onnx", "a"], ["--contract", "c"]])
def test_onnx_and_contract_go_together(arguments: list[str]) -> None:
    with pytest.raises(InputError, match="go together"):
        parse_options(arguments)


def test_recall_is_never_measured_without_a_browser() -> None:
    with pytest.raises(InputError, match="--unproven"):
        parse_options(["--model", "m", "--data", "d", "--unproven"])


def test_auto_is_the_default() -> None:
    assert parse_options(["--model", "m"]).variant == "auto"
