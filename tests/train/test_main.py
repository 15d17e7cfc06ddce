from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from train import __main__ as command
from train.commands import fit

ROOT = Path(__file__).resolve().parent.parent.parent


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["train", *arguments])
    with pytest.raises(SystemExit) as left:
        command.main()
    return int(left.value.code or 0)


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--epochs", "0", "0 is not from 1 to"),
        ("--batch", "-1", "-1 is not from 1 to"),
        ("--rate", "nan", "nan is not from 0 to"),
        ("--seed", "-1", "-1 is not from 0 to"),
        ("--optimizer", "newton", "invalid choice: 'newton'"),
    ],
)
def test_a_number_out_of_range_is_bad_usage(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    option: str,
    value: str,
    complaint: str,
) -> None:
    assert run(monkeypatch, "fit", "data.zip", "--name", "made", option, value) == 2
    assert complaint in capsys.readouterr().err


def test_a_name_cannot_lead_out_of_models(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "fit", "data.zip", "--name", "../elsewhere") == 2
    assert "'../elsewhere' is not made of letters" in capsys.readouterr().err


def test_missing_data_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "fit", str(tmp_path / "none.zip"), "--name", "made") == 2
    assert "none.zip: no such file or folder" in capsys.readouterr().err


def test_a_fit_from_data_to_model_card_and_contract(
    monkeypatch: pytest.MonkeyPatch, dataset: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(fit, "ROOT", tmp_path)
    code = run(
        monkeypatch, "fit", str(dataset), "--name", "made", "--epochs", "1", "--batch", "16",
        "--net", "slim", "--size", "32", "--data-licence", "made up",
    )  # fmt: skip
    assert code == 0
    folder = tmp_path / "models" / "made"
    assert {path.name for path in folder.iterdir()} == {
        "model.safetensors",
        "contract.json",
        "card.md",
        "curves.png",
        "held_back.txt",
        "metrics.csv",
        "recipe.json",
    }
    assert "made up" in (folder / "card.md").read_text(encoding="utf-8")


_PLACE = ("RANK", "GROUP_RANK", "LOCAL_RANK", "LOCAL_WORLD_SIZE")
"""What whoever starts a process tells it of where it is."""
SMALL = ("--size", "32", "--epochs", "2", "--valid", "0.2", "--accelerator", "cpu")
"""No norms and no dropout: what depends on how many pictures a process sees."""


def asked(dataset: Path, folder: Path, net: str, *more: str) -> list[str]:
    """A fit's arguments; all of it goes to the folder."""
    places = ["--out", str(folder / "model"), "--runs", str(folder / "runs")]
    return ["fit", str(dataset), "--name", "made", "--net", net, *SMALL, *more, *places]


def fitted(arguments: list[str], start: tuple[str, ...] = ()) -> None:
    """By a command of its own, as users do."""
    command = [sys.executable, *start, "-m", "train", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def losses(folder: Path) -> list[float]:
    with (folder / "runs" / "made-001" / "metrics.csv").open(encoding="utf-8") as file:
        return [float(row["train_loss"]) for row in csv.DictReader(file)]


def test_a_fit_that_begins_with_a_model_holds_back_what_that_one_did(
    monkeypatch: pytest.MonkeyPatch, dataset: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(fit, "ROOT", tmp_path)
    small = ("--net", "slim:width=0.2,depth=1", "--size", "16", "--epochs", "1", "--batch", "16")
    begun = ("--from", "first", "--seed", "5")
    for name, more in (("first", ()), ("on", begun), ("anew", (*begun, "--split-seed", "5"))):
        assert run(monkeypatch, "fit", str(dataset), "--name", name, *small, *more) == 0
    told = [
        set((tmp_path / "models" / name / "held_back.txt").read_text(encoding="utf-8").split())
        for name in ("first", "on", "anew")
    ]
    assert told[0] == told[1] != told[2]


def test_two_processes_train_one_net_and_keep_one_record(dataset: Path, tmp_path: Path) -> None:
    fitted(asked(dataset, tmp_path, "slim", "--batch", "8", "--devices", "2"))
    assert [folder.name for folder in (tmp_path / "runs").iterdir()] == ["made-001"]
    assert (tmp_path / "model" / "contract.json").is_file()


def test_two_processes_of_torchrun_learn_as_one_with_twice_the_batch(
    monkeypatch: pytest.MonkeyPatch, dataset: Path, tmp_path: Path
) -> None:
    net, alone, both = "dense:width=16,dropout=0", tmp_path / "alone", tmp_path / "both"
    assert run(monkeypatch, *asked(dataset, alone, net, "--batch", "16")) == 0
    torchrun = ("-m", "torch.distributed.run", "--nproc-per-node", "2")
    fitted(asked(dataset, both, net, "--batch", "8"), torchrun)
    assert losses(both) == pytest.approx(losses(alone), abs=1e-5)


def test_nodes_need_not_have_as_many_processes_as_one_another(
    monkeypatch: pytest.MonkeyPatch, dataset: Path, tmp_path: Path
) -> None:
    net, alone, all_three = "dense:width=16,dropout=0", tmp_path / "alone", tmp_path / "all"
    assert run(monkeypatch, *asked(dataset, alone, net, "--batch", "12")) == 0
    command = [sys.executable, "-m", "train", *asked(dataset, all_three, net, "--batch", "4")]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    of_all = {"WORLD_SIZE": 3, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    places = [(0, 0, 0, 2), (1, 0, 1, 2), (2, 1, 0, 1)]
    begun = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "TORCHELASTIC_RUN_ID": "made",
                **{key: str(value) for key, value in of_all.items()},
                **dict(zip(_PLACE, map(str, place), strict=True)),
            },
        )
        for place in places
    ]
    said = [process.communicate()[1] for process in begun]
    assert [process.returncode for process in begun] == [0, 0, 0], said
    assert losses(all_three) == pytest.approx(losses(alone), abs=1e-5)
