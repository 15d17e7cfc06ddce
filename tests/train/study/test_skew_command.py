from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.checkpoint import save
from train.commands import fit, skew
from train.contract import Contract, Head, Input
from train.nets import build_net

from .conftest import one_thread, pack

FIT = (
    "--net", "dense:width=16,activation=leaky_relu", "--size", "16", "--epochs", "3", "--batch",
    "8", "--optimizer", "adam", "--rate", "0.01", "--ema", "0", "--valid", "0.3", "--brightness",
    "0", "--contrast", "0", "--erase", "0", "--accelerator", "cpu",
)  # fmt: skip


def parsed(*arguments: str | Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    for each in (fit, skew):
        each.add(commands)
    return parser.parse_args([*map(str, arguments)])


def run(*arguments: str | Path) -> None:
    chosen = parsed(*arguments)
    with one_thread():
        chosen.run(chosen)


def untrained(folder: Path, labels: tuple[str, ...], head: str = "emotion") -> Path:
    """A model that nobody fitted."""
    contract = Contract(
        name=folder.name,
        net="dense:width=4",
        heads=(Head(name=head, labels=labels),),
        input=Input(size=16, channels="grey", mean=(0.5,), std=(0.25,)),
    )
    save(build_net(contract), contract, folder)
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(tmp_path_factory.mktemp("data") / "made.zip", ("happy", "sad"), each=140)


@pytest.fixture(scope="module")
def model(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It has learned from a hundred happy pictures and two sad ones."""
    folder = tmp_path_factory.mktemp("model")
    run(
        "fit", data, "--name", "made", "--out", folder / "made", "--runs", folder / "runs",
        "--most", "sad=2", "--balance", "0", *FIT,
    )  # fmt: skip
    return folder / "made"


def test_a_planted_skew_is_named(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("skew", model, data, "--json", tmp_path / "out.json", "--html", tmp_path / "out.html")
    (found,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["data"]
    verdicts = {item["label"]: item["verdict"] for item in found["skew"]["labels"]}
    assert verdicts == {"happy": "over-predicted", "sad": "under-predicted"}
    assert found["part"] == "test"
    assert "Skewed: happy is said of" in " ".join(capsys.readouterr().out.split())
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "over-predicted" in page
    assert "://" not in page


def test_each_dataset_is_told_by_itself(model: Path, data: Path, tmp_path: Path) -> None:
    other = pack(tmp_path / "other.zip", ("happy", "sad"), seed=5)
    run("skew", model, data, other, "--json", tmp_path / "out.json")
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))["data"]
    assert [each["data"] for each in found] == ["made.zip", "other.zip"]


def test_what_the_parts_share_is_told(model: Path, tmp_path: Path) -> None:
    shared = pack(tmp_path / "shared.zip", ("happy", "sad"))
    with zipfile.ZipFile(shared, "a") as archive:
        for i in range(3):
            archive.writestr(f"train/sad/copy{i}.png", archive.read(f"test/sad/0-{i:03}.png"))
    run("skew", model, shared, "--json", tmp_path / "out.json")
    (found,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["data"]
    assert found["shared"]["exact"] == 3


def test_more_pictures_of_a_label_mend_its_skew(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        "skew", model, data, "--top-up", data, "--labels", "sad", "--amounts", "80", "--seeds",
        "0", "--out", tmp_path / "study", "--json", tmp_path / "out.json", "--html",
        tmp_path / "out.html", "--accelerator", "cpu",
    )  # fmt: skip
    before, after = json.loads((tmp_path / "out.json").read_text("utf-8"))["top_up"]
    assert (before["amount"], after["amount"]) == (0, 80)
    assert before["surplus"]["sad"]["mean"] < -0.2
    assert after["figures"]["moved"]["mean"] < before["figures"]["moved"]["mean"] / 2
    assert after["figures"]["macro_recall"]["mean"] > before["figures"]["macro_recall"]["mean"]
    assert "Skew, macro recall and macro F1" in (tmp_path / "out.html").read_text("utf-8")
    names = sorted(path.name for path in (tmp_path / "study" / "runs").iterdir())
    assert names == ["80-added-seed0-001", "as-it-was-seed0-001"]


def test_a_model_of_another_head_is_judged_on_that_head_s_labels(
    data: Path, tmp_path: Path
) -> None:
    model = untrained(tmp_path / "masks", ("happy", "sad"), head="mask")
    run("skew", model, data, "--json", tmp_path / "out.json")
    (found,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["data"]
    assert found["pictures"] == 140


@pytest.fixture(scope="module")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that knows a label more than the data that it is to be fitted on anew."""
    return untrained(tmp_path_factory.mktemp("model") / "knowing", ("happy", "neutral", "sad"))


def test_data_with_other_labels_and_the_same_name_are_judged_by_what_the_new_nets_know(
    knowing: Path, tmp_path: Path
) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
    few = pack(tmp_path / "a/made.zip", ("happy", "sad"))
    others = pack(tmp_path / "b/made.zip", ("happy", "neutral", "sad"), seed=1)
    more = pack(tmp_path / "more.zip", ("happy", "sad"), seed=2)
    run(
        "skew", knowing, few, others, "--top-up", more, "--labels", "sad,sad", "--amounts", "3,3",
        "--seeds", "0,0", "--epochs", "1", "--batch", "8", "--out", tmp_path / "study", "--json",
        tmp_path / "out.json", "--html", tmp_path / "out.html", "--accelerator", "cpu",
    )  # fmt: skip
    effects = json.loads((tmp_path / "out.json").read_text("utf-8"))["top_up"]
    assert [(each["place"], each["amount"]) for each in effects] == [(0, 0), (0, 3), (1, 0), (1, 3)]
    assert {tuple(each["surplus"]) for each in effects} == {("sad",)}
    assert {each["figures"]["accuracy"]["count"] for each in effects} == {1}
    assert (tmp_path / "out.html").read_text("utf-8").count("<h3>made.zip</h3>") == 2


def test_a_label_that_is_not_learned_cannot_be_topped_up(
    knowing: Path, data: Path, tmp_path: Path
) -> None:
    more = pack(tmp_path / "more.zip", ("neutral",), seed=3)
    with pytest.raises(InputError, match=r"made\.zip: has no pictures of 'neutral' to learn from"):
        run(
            "skew", knowing, data, "--top-up", more, "--labels", "neutral", "--amounts", "3",
            "--batch", "8", "--out", tmp_path / "study", "--accelerator", "cpu",
        )  # fmt: skip
    assert not (tmp_path / "study" / "runs").exists()


def test_no_pictures_are_no_amount(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("skew", "model", "data", "--amounts", "0,500")
    assert "argument --amounts: 0 is not from 1 to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--top-up", "x.zip"), "--top-up needs --labels"),
        (("--top-up", "x.zip", "--labels", "bored"), "--labels: 'bored' is not one of happy, sad"),
        (("--html", "x.txt"), r"x\.txt: its name must end with \.html"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_read(
    model: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        run("skew", model, "none.zip", *arguments)


def test_too_few_pictures_to_add_are_told(model: Path, data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has \d+ pictures of 'sad' that training, validation"):
        run(
            "skew", model, data, "--top-up", data, "--labels", "sad", "--amounts", "999",
            "--out", tmp_path / "study", "--accelerator", "cpu",
        )  # fmt: skip
