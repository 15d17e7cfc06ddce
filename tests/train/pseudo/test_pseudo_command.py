from __future__ import annotations

import argparse
import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from face_detect.command import InputError
from train.commands import pseudo
from train.pseudo.course import Course

from .conftest import Made


def asked(made: Made, folder: Path, *more: str) -> list[str]:
    paths = (made.model, made.labelled, made.unlabelled)
    quick = (
        "--faces-framing", "crop", "--epochs", "1", "--rounds", "2", "--patience", "0",
        "--passes", "5", "--generator-epochs", "1", "--accelerator", "cpu",
    )  # fmt: skip
    where = ("--out", str(folder / "study"), "--best", str(folder / "best"))
    return ["pseudo", *map(str, paths), *quick, *where, *more]


def run(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    pseudo.add(parser.add_subparsers())
    chosen = parser.parse_args(arguments)
    chosen.run(chosen)


def rounds(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "study" / "rounds.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def compared(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two ways with two seeds, one round each, and what the command printed."""
    folder = tmp_path_factory.mktemp("compared")
    with pytest.MonkeyPatch.context() as patch, io.StringIO() as told:
        # The made net is right always; so that a round can be better, the first is called worse.
        patch.setattr(Course, "gain", lambda course, found: found.valid.macro_f1 - 0.5)
        patch.setattr(Course, "best", property(lambda course: course.rounds[0]))
        with contextlib.redirect_stdout(told):
            more = ("--forgetting", "sample,distil", "--seeds", "0,1", "--rounds", "1")
            run(asked(made, folder, *more))
        (folder / "told.txt").write_text(" ".join(told.getvalue().split()), "utf-8")
    return folder


def test_ways_and_seeds_are_compared_in_one_folder(compared: Path) -> None:
    ways = rounds(compared)["ways"]
    assert [(way["way"], way["seeds"]) for way in ways] == [("sample", [0, 1]), ("distil", [0, 1])]
    assert all(way["gains"][0]["count"] == 2 for way in ways)


def test_every_rounds_net_is_asked_about_the_test_part(compared: Path) -> None:
    found = rounds(compared)
    assert found["start"]["test"]["pictures"] == 40
    tested = [each["test"]["pictures"] for course in found["courses"] for each in course["rounds"]]
    assert tested == [40] * 4
    assert all(way["test_gains"][0]["count"] == 2 for way in found["ways"])
    assert all(way["test"]["accuracy"]["sd"] is not None for way in found["ways"])


def test_calibration_is_told_of_pictures_that_no_net_was_calibrated_by(compared: Path) -> None:
    found = rounds(compared)
    each = [found["start"], *(each for course in found["courses"] for each in course["rounds"])]
    assert not any("ece" in one["valid"] for one in each)
    assert all("ece" in one["test"] for one in each)
    page = (compared / "study" / "report.html").read_text("utf-8")
    assert page.count("ECE") == page.count("test ECE") == 2


def test_the_report_is_one_page_with_its_pictures(compared: Path) -> None:
    page = (compared / "study" / "report.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") > 10
    assert "://" not in page


def test_the_best_nets_card_tells_who_else_was_judged(compared: Path) -> None:
    contract = json.loads((compared / "best" / "contract.json").read_text("utf-8"))
    assert contract["name"] == "best"
    card = " ".join((compared / "best" / "card.md").read_text("utf-8").split())
    assert "40 held-out pictures: accuracy" in card
    assert "Each of the 4 nets that rounds made of model, and model itself, was judged" in card


def test_a_terminal_has_both_parts_gains(compared: Path) -> None:
    told = (compared / "told.txt").read_text("utf-8")
    assert "best: the best net" in told
    assert "sample 2 validation +" in told
    assert "sample 2 test " in told


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (("--cap", "bored=2"), "--cap: 'bored' is not one of happy, sad"),
        (("--cap", "much"), "--cap much: is neither half, none, a number"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_read(
    made: Made, tmp_path: Path, more: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        run(asked(made, tmp_path, *more))


def test_the_first_model_is_never_overwritten(made: Made, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is MODEL itself"):
        run(asked(made, tmp_path, "--best", str(made.model)))
