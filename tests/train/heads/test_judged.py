"""A net with several heads is judged on data that know only some of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.train.heads.made import ROWS, planned
from tests.train.test_main import run as command
from train.checkpoint import save
from train.data.read_task import read_task
from train.model_task import TASK
from train.nets import build_net
from train.run import first_contract


@pytest.mark.parametrize(
    ("name", "judged", "stable"),
    [
        ("feelings", ["emotion"], ["gender", "mask"]),
        ("people", ["gender"], ["emotion", "mask"]),
        ("masks", ["mask"], ["emotion", "gender"]),
    ],
)
def test_each_head_is_judged_where_the_data_know_it_by_the_models_own_table(
    model: Path,
    data: Mapping[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    judged: list[str],
    stable: list[str],
) -> None:
    assert (model / TASK).read_text(encoding="utf-8") == ROWS
    out = tmp_path / "out.json"
    options = ("--framing", "crop", "--json", str(out), "--html", str(tmp_path / "out.html"))
    assert command(monkeypatch, "evaluate", str(model), str(data[name]), *options) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert list(found["heads"]) == judged
    assert list(found["stability"]) == stable
    assert "accuracy" not in found
    assert {"accuracy", "macro_f1", "recall"} <= found["heads"][judged[0]].keys()
    by = {part["attribute"] for part in found["heads"][judged[0]]["slices"]}
    assert {f"{other}, as the model says" for other in stable} <= by


def test_a_card_has_every_head_on_the_data_that_know_it(
    model: Path, data: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = (model / "card.md").read_text(encoding="utf-8")
    assert "### emotion\n" in fitted and "### mask\n" in fitted
    words = ("--data-name", "d", "--data-licence", "l", "--made-by", "m", "--framing", "crop")
    every = [str(path) for path in data.values()]
    assert command(monkeypatch, "card", str(model), *every, *words) == 0
    text = (model / "card.md").read_text(encoding="utf-8")
    assert "### gender\n\nOn people.zip:\n" in text
    assert text.count("#### Calibration") == 3
    assert "not who somebody is" in text
    assert text.count("Of faces that were cut out already; the page has to find a face first.") == 3


def test_a_card_without_data_for_a_head_is_refused(
    model: Path,
    data: Mapping[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--data-name", "d", "--data-licence", "l", "--made-by", "m", "--framing", "crop")
    assert command(monkeypatch, "card", str(model), str(data["masks"]), *words) == 2
    assert "no data have labels of emotion and gender" in capsys.readouterr().err


def test_doubts_about_labels_are_those_of_the_head_that_is_asked(
    model: Path, data: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.html"
    options = ("--model", str(model), "--framing", "crop", "--out", str(out))
    assert command(monkeypatch, "explore", str(data["masks"]), *options) == 0
    assert "worn" in out.read_text(encoding="utf-8")


def test_a_net_of_eighteen_classes_is_judged_by_pictures_that_know_the_mask_alone(
    data: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(__file__).resolve().parents[3] / "docs" / "tasks" / "mask-18.csv"
    contract = first_contract(planned(data, read_task(file), name="made-18"), ())
    save(build_net(contract), contract, tmp_path / "made-18")
    (tmp_path / "made-18" / TASK).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    out = tmp_path / "out.json"
    options = ("--framing", "crop", "--json", str(out), "--html", str(tmp_path / "out.html"))
    words = ("evaluate", str(tmp_path / "made-18"), str(data["masks"]))
    assert command(monkeypatch, *words, *options) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["heads"], list(found["derived"])) == ({}, ["mask"])
    assert found["derived"]["mask"]["pictures"] == 40
    assert "mask, as it follows from" in (tmp_path / "out.html").read_text(encoding="utf-8")
