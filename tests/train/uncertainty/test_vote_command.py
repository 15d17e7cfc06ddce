from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from face_detect.command import InputError
from face_detect.crop import Pixels
from tests.train.killed import die, is_killed
from train.alone import alone
from train.ask import ask as ask_net
from train.checkpoint import save
from train.commands import vote
from train.contract import Contract, Head
from train.nets import build_net
from train.uncertainty import kept_passes
from train.uncertainty.mc_passes import mc_passes


def made(contract: Contract, folder: Path, net: str, **changes: object) -> Path:
    contract = dataclasses.replace(contract, net=net, **changes)  # type: ignore[arg-type]
    torch.manual_seed(len(net))
    save(build_net(contract), contract, folder)
    return folder


def run(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    vote.add(parser.add_subparsers())
    chosen = parser.parse_args(["vote", *map(str, arguments)])
    chosen.run(chosen)


def test_single_votes_and_mixed_nets_stand_in_one_table(
    contract: Contract,
    dataset: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = made(contract, tmp_path / "first", "dense:width=8")
    turned = (Head(name="emotion", labels=("sad", "happy")),)
    second = made(contract, tmp_path / "second", "dense:dropout=0,width=8", heads=turned)
    asking = (f"{first},{second}", dataset, "--passes", "1,3", "--out", tmp_path / "out")
    run(*asking)
    rows = json.loads((tmp_path / "out" / "votes.json").read_text("utf-8"))["rows"]
    asked = [(len(row["who"]), row["passes"]) for row in rows]
    assert asked == [(1, 0), (1, 1), (1, 3), (1, 0), (2, 0), (2, 1), (2, 3)]
    assert all({"accuracy", "macro_f1"} <= set(row["figures"]) for row in rows)
    told = " ".join(capsys.readouterr().out.split())
    assert "first + second one of each" in told
    assert "Without dropout, so that all passes are alike: second." in told
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "data:image/png;base64," in page
    assert "://" not in page
    monkeypatch.setattr(kept_passes, "ask", None)  # a second time nobody is asked
    run(*asking)
    assert json.loads((tmp_path / "out" / "votes.json").read_text("utf-8"))["rows"] == rows


def test_two_nets_of_one_name_are_told_by_their_folders(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    first, second = (
        made(contract, tmp_path / where / "net", f"dense:width={width}")
        for where, width in (("one", 8), ("two", 12))
    )
    run(f"{first},{second}", dataset, "--passes", "1", "--out", tmp_path / "out")
    rows = json.loads((tmp_path / "out" / "votes.json").read_text("utf-8"))["rows"]
    names = [str(first), str(second)]
    assert [row["who"] for row in rows if not row["passes"]] == [*([name] for name in names), names]


def test_a_net_cannot_vote_twice(contract: Contract, dataset: Path, tmp_path: Path) -> None:
    net = made(contract, tmp_path / "net", "dense:width=8")
    with pytest.raises(InputError, match="a model is named twice"):
        run(f"{net},{tmp_path / 'net/../net'}", dataset)


def figures(out: Path) -> Any:
    return json.loads((out / "votes.json").read_text("utf-8"))["rows"]


def end_at_the_second_net() -> None:
    def passes(net: nn.Module, contract: Contract, *rest: Any, **options: Any) -> Any:
        if contract.net == "dense:width=12":
            die()
        return mc_passes(net, contract, *rest, **options)

    kept_passes.mc_passes = passes  # type: ignore[attr-defined]


def end_while_the_second_answers_are_written() -> None:
    savez, written = np.savez, [0]

    def half(stream: Any, **arrays: Any) -> None:
        written[0] += 1
        if written[0] == 2:
            stream.write(b"half")
            stream.flush()
            die()
        savez(stream, **arrays)

    np.savez = half  # type: ignore[assignment]


@pytest.mark.parametrize(
    "moment", [end_at_the_second_net, end_while_the_second_answers_are_written]
)
def test_a_killed_vote_goes_on_to_the_same_end_and_asks_no_net_again_that_has_answered(
    contract: Contract,
    dataset: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: Callable[[], None],
) -> None:
    nets = [made(contract, tmp_path / f"net{width}", f"dense:width={width}") for width in (8, 12)]
    asking = (",".join(map(str, nets)), dataset, "--passes", "2", "--out")
    asked: list[str] = []

    def ask(net: nn.Module, contract: Contract, crops: Pixels) -> Any:
        asked.append(contract.net)
        return ask_net(net, contract, crops)

    assert is_killed(moment, partial(run, *asking, tmp_path / "out"))
    assert not (tmp_path / "out" / "votes.json").exists()
    halves = [*(tmp_path / "out" / "answers").glob(".*")]
    assert len(halves) == (moment is end_while_the_second_answers_are_written)
    monkeypatch.setattr(kept_passes, "ask", ask)
    run(*asking, tmp_path / "out")
    assert asked == ["dense:width=12"]
    assert not any(half.exists() for half in halves)
    run(*asking, tmp_path / "whole")
    assert figures(tmp_path / "out") == figures(tmp_path / "whole")


def test_two_votes_do_not_write_to_one_folder(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    net = made(contract, tmp_path / "net", "dense:width=8")
    (tmp_path / "out").mkdir()
    with alone(tmp_path / "out"), pytest.raises(InputError, match="going on in another process"):
        run(net, dataset, "--passes", "1", "--out", tmp_path / "out")
    run(net, dataset, "--passes", "1", "--out", tmp_path / "out")


def test_a_net_with_other_labels_cannot_vote(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    first = made(contract, tmp_path / "first", "dense:width=8")
    bored = (Head(name="emotion", labels=("bored", "happy")),)
    second = made(contract, tmp_path / "second", "dense:width=8", heads=bored)
    with pytest.raises(InputError, match="second: does not answer emotion by happy, sad"):
        run(f"{first},{second}", dataset)
