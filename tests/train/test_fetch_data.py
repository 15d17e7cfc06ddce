from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

import pytest

from face_detect.command import InputError
from train import __main__ as command
from train.checkpoint import save
from train.commands.data_arguments import data_at, fetch_data
from train.contract import Contract
from train.data import fetch_shards
from train.nets import build_net

URL = "memory://nowhere/faces"
STUDY = (
    'design = "grid"\nseeds = [0]\n[base]\nnet = "slim"\n[factors]\nactivation = ["relu", "gelu"]\n'
)
TASK = "head,label,from,is\nemotion,happy,emotion,happy\nemotion,sad,emotion,sad\n"
FIT = f"fit {URL} --name made --accelerator cpu"
PSEUDO = f"pseudo MODEL {URL} {URL} --best best"


@pytest.fixture
def here(contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the commands are called in; whoever fetches there is told so."""
    contract = dataclasses.replace(contract, net="slim:depth=1,width=0.1,dropout=0.1")
    save(build_net(contract), contract, tmp_path / "model")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "wrong.toml").write_text(STUDY + "[budget]\nyears = 1\n", encoding="utf-8")
    (tmp_path / "task.csv").write_text(TASK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def fetched(url: str, on_step: object) -> Path:
        raise InputError(f"{url}: is fetched")

    monkeypatch.setattr(fetch_shards, "fetch_shards", fetched)


def said(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", ["train", *line.replace("MODEL", "model").split()])
    with pytest.raises(SystemExit) as left:
        command.main()
    assert left.value.code == 2
    return capsys.readouterr().err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "line",
    [
        FIT,
        PSEUDO,
        f"ablate study.toml {URL}",
        f"align {URL} out.zip",
        f"calibrate MODEL {URL}",
        f"card MODEL {URL} --data-name made --data-licence none --made-by hand",
        f"evaluate MODEL {URL} --split all",
        f"explore {URL}",
        f"fit model {URL} --name made --task task.csv",
        f"framing {URL}",
        f"masks {URL} out.zip",
        f"prepare {URL} --check",
        f"prepare {URL} --out out",
        f"sequence MODEL {URL} --out out",
        f"skew MODEL {URL}",
        f"speed {URL}",
        f"speed model --store out --originals {URL}",
        f"unfamiliar MODEL {URL}",
        f"vote MODEL {URL}",
        f"zoo {URL} --nets slim",
    ],
)
def test_data_behind_a_url_are_fetched_by_every_command_that_reads_some(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"{URL}: is fetched" in said(line, monkeypatch, capsys)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (f"{FIT} --epochs 0", "0 is not from 1"),
        (f"{FIT} --net nonsense", "--net: "),
        (f"{FIT} --most few", "neither a number nor"),
        (f"{FIT} --task none.csv", "none.csv: "),
        (f"{FIT} --teacher none", "none: is neither a folder"),
        (f"{FIT} --labels none", "none: no such file"),
        (f"{FIT} --corrections none.csv", "none.csv: no such file"),
        (f"{PSEUDO} --most few", "neither a number nor"),
        (f"{PSEUDO} --cap few", "cap"),
        (f"ablate wrong.toml {URL}", "years"),
        (f"align {URL} out.tar", "out.tar: its name must end"),
        (f"calibrate MODEL {URL} --split trian", "'trian' is no part"),
        (f"calibrate none {URL}", "none: is neither a folder"),
        (
            f"card none {URL} --data-name a --data-licence b --made-by c",
            "none: is neither a folder",
        ),
        (f"evaluate none {URL}", "none: is neither a folder"),
        (f"evaluate MODEL {URL} --html none/a.html", "none/a.html: its folder does not exist"),
        (f"explore {URL} --model none", "none: is neither a folder"),
        (f"framing {URL} --photos none", "none: no such file or folder"),
        (f"masks {URL} out.tar", "out.tar: its name must end"),
        (f"prepare {URL}", "--out: name the folder"),
        (f"prepare {URL} --out out --like none", "none: is neither a folder"),
        (f"prepare {URL} --out out --address auto", "needs --engine ray"),
        (f"sequence MODEL {URL} --head age", "has no head 'age'"),
        (f"skew MODEL {URL} --labels sad", "--labels needs --top-up"),
        (f"skew MODEL {URL} --labels sad --top-up {URL} --most few", "neither a number nor"),
        (f"speed {URL} --net nonsense", "--net: "),
        (f"speed {URL} --json none/a.json", "none/a.json: its folder does not exist"),
        (f"unfamiliar MODEL {URL} --also noise=none", "none: no such file or folder"),
        (f"vote MODEL,none {URL}", "none: is neither a folder"),
        (f"zoo {URL} --nets slim --freeze 3", "no net has --weights"),
    ],
)
def test_a_wrong_option_costs_no_download(
    line: str, complaint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(line, monkeypatch, capsys)
    assert complaint in told
    assert "is fetched" not in told


def test_all_of_several_data_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = iter((Path("first"), Path("second")))
    monkeypatch.setattr(fetch_shards, "fetch_shards", lambda url, on_step: next(fetched))
    chosen = argparse.Namespace(data=[data_at(URL), data_at("near"), data_at(URL)])
    fetch_data(chosen)
    assert chosen.data == [Path("first"), Path("near"), Path("second")]
