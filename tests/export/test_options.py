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
    monkeypatch.setattr("export.options.MODELS", tmp_path / "models")
    options = parse_options([])
    assert [path.name for path in options.models] == ["a", "b"]
    assert options.whole


def test_without_any_model_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("export.options.MODELS", tmp_path)
    with pytest.raises(InputError, match="python -m train"):
        parse_options([])


def test_several_models_can_be_named() -> None:
    options = parse_options(["--model", "models/a", "--model", "models/b"])
    assert options.models == (Path("models/a"), Path("models/b"))


def test_a_model_is_named_by_its_path_or_by_its_name_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("models/a", "elsewhere/here"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr("export.options.MODELS", tmp_path / "models")
    monkeypatch.chdir(tmp_path / "elsewhere")
    options = parse_options(["--model", "a", "--model", "here"])
    assert options.models == (tmp_path / "models" / "a", Path("here"))
    assert not options.whole


def test_the_page_is_the_checkouts_own_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (parse_options(["--model", "m"]).web / "index.html").is_file()


def test_a_foreign_net_comes_alone() -> None:
    options = parse_options(["--onnx", "net.onnx", "--contract", "c.json"])
    assert options.models == ()
    assert not options.whole


@pytest.mark.parametrize("arguments", [["--onnx", "a"], ["--contract", "c"]])
def test_onnx_and_contract_go_together(arguments: list[str]) -> None:
    with pytest.raises(InputError, match="go together"):
        parse_options(arguments)


def test_recall_is_never_measured_without_a_browser() -> None:
    with pytest.raises(InputError, match="--unproven"):
        parse_options(["--model", "m", "--data", "d", "--unproven"])


def test_recall_may_be_measured_on_several_data() -> None:
    found = parse_options(["--model", "m", "--data", "d", "--data", "e"])
    assert found.data == (Path("d"), Path("e"))


def test_auto_is_the_default() -> None:
    assert parse_options(["--model", "m"]).variant == "auto"
