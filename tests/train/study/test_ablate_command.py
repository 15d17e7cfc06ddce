from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.commands import ablate
from train.contract import Contract

from .conftest import BASE, one_thread, pack


def run(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    ablate.add(parser.add_subparsers())
    chosen = parser.parse_args(["ablate", *map(str, arguments), "--accelerator", "cpu"])
    with one_thread():
        chosen.run(chosen)


def test_the_best_arm_becomes_a_model_with_the_figures_of_the_test_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    study = tmp_path / "rates.toml"
    text = BASE.replace("[0, 1]", "[0]").replace("epochs = 2", "epochs = 1")
    study.write_text(f"{text}[factors]\nbatch = [12]\n", encoding="utf-8")
    model = tmp_path / "models" / "mine"
    run(study, data, "--out", tmp_path / "study", "--export-best", model)
    contract = Contract.read(model / "contract.json")
    assert contract.name == "mine"
    assert set(contract.origin.figures) == {"accuracy", "macro_f1", "macro_recall"}
    card = (model / "card.md").read_text("utf-8")
    assert "20 held-out pictures, once" in card
    assert "macro recall" in capsys.readouterr().out
    with pytest.raises(InputError, match="holds files that this command did not write"):
        run(study, data, "--out", tmp_path / "study", "--export-best", tmp_path)
