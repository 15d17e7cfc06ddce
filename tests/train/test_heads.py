"""One net with several heads, from data that know only some of them to a model that is judged."""

from __future__ import annotations

import dataclasses
import itertools
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from face_detect.command import InputError
from face_detect.crop import Pixels, grey
from tests.train.test_main import run as command
from train.checkpoint import save
from train.contract import Contract
from train.data.dataset import Framing
from train.data.read_task import parse_task, read_task
from train.data.record import Record
from train.data.task import Task
from train.epoch import Epoch
from train.gather import gather
from train.inputs import whole
from train.judged_part import HELD_OUT, judged_part
from train.keep_model import keep_model
from train.model_task import TASK
from train.nets import build_net
from train.options import Augment, FitOptions
from train.plan import Plan
from train.run import Outcome, first_contract, run
from train.runs import find_runs
from train.samples import HeadSamples, Samples
from train.source import Source
from train.watch import Watch

ROWS = """head,label,from,is
emotion,happy,emotion,happy
emotion,sad,emotion,sad
gender,female,gender,female
gender,male,gender,male
mask,worn,mask,with_mask
mask,none,mask,without_mask
"""
OPTIONS = FitOptions(epochs=2, batch=8, augment=Augment(mixup=0.3, cutmix=0.3))


@pytest.fixture(scope="module")
def task() -> Task:
    return parse_task(ROWS.encode(), "made.csv")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Grey feelings in two parts, coloured people with a table, and masks in folders."""
    folder = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(0)
    feelings = {
        f"{part}/{label}/{i:02}.png": png(random, 48, level)
        for part, count in (("train", 24), ("test", 8))
        for label, level in (("happy", 200), ("sad", 60))
        for i in range(count)
    }
    rows = ["file,age,gender,race"]
    people = {}
    for i in range(40):
        rows.append(f"val/{i}.png,20-29,{('Male', 'Female')[i % 2]},White")
        people[f"val/{i}.png"] = png(random, 40, 60 + 120 * (i % 2), 3)
    people["fairface_label_val.csv"] = "\n".join(rows).encode()
    masks = {
        f"{label}/{i:02}.png": png(random, 56, level, 3)
        for label, level in (("with_mask", 180), ("without_mask", 70))
        for i in range(20)
    }
    named = {"feelings": feelings, "people": people, "masks": masks}
    return {name: packed(folder / f"{name}.zip", files) for name, files in named.items()}


def png(random: np.random.Generator, side: int, level: int, depth: int = 1) -> bytes:
    noise: Pixels = random.integers(level - 40, level + 40, (side, side, depth), dtype=np.uint8)
    return cv2.imencode(".png", noise)[1].tobytes()


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def planned(data: Mapping[str, Path], asked: Task, **changes: object) -> Plan:
    first, *more = data.values()
    plan = Plan(
        data=first,
        more=tuple(more),
        task=asked,
        name="made",
        head=asked.heads[0],
        net="slim:width=0.2,depth=1",
        size=16,
        framing="crop",
        valid_share=0.2,
        options=OPTIONS,
    )
    return dataclasses.replace(plan, **changes)  # type: ignore[arg-type]


def went(plan: Plan, root: Path, watch: Watch | None = None) -> Outcome:
    return run(plan, root, Fabric(accelerator="cpu", devices=1), watch or Watch())


@pytest.fixture(scope="module")
def outcome(
    data: Mapping[str, Path], task: Task, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    return went(planned(data, task), tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="module")
def model(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "made"
    keep_model(outcome, folder, data="d", licence="l", made_by="m")
    return folder


def test_the_net_has_all_heads_side_by_side_and_each_is_calibrated(outcome: Outcome) -> None:
    heads = outcome.contract.heads
    assert [(head.name, head.labels[0]) for head in heads] == [
        ("emotion", "happy"),
        ("gender", "female"),
        ("mask", "worn"),
    ]
    assert all(head.uncertain_below > 0 for head in heads)


def test_every_picture_keeps_to_the_heads_of_its_own_data(outcome: Outcome) -> None:
    parts = (outcome.data.kept, outcome.data.valid.records, outcome.data.test.records)
    known: dict[str, set[str]] = {}
    for record in itertools.chain(*parts):
        known.setdefault(record.name.split("/")[0], set()).update(record.labels)
    assert known == {
        "feelings.zip": {"emotion"},
        "people.zip": {"gender", "age", "race"},
        "masks.zip": {"mask"},
    }


def test_every_picture_keeps_to_the_parts_of_its_own_data(outcome: Outcome) -> None:
    feelings = [r for r in outcome.data.test.records if r.name.startswith("feelings.zip/")]
    assert {record.split for record in feelings} == {"test"}
    learned = (*outcome.data.kept, *outcome.data.valid.records)
    assert {r.split for r in learned if r.name.startswith("feelings.zip/")} == {"train"}
    figures = outcome.heads
    assert [figures[name].pictures for name in ("emotion", "gender", "mask")] == [16, 8, 8]


def test_what_was_held_out_is_told_by_data_and_found_again(
    outcome: Outcome, data: Mapping[str, Path]
) -> None:
    names = (outcome.folder / HELD_OUT).read_text(encoding="utf-8").split()
    assert len(names) == 16
    assert not any(name.startswith("feelings.zip") for name in names)
    for name in ("people", "masks"):
        found, part = judged_part(data[name], models=[outcome.folder])
        assert (len(found.records), part) == (8, "held out by fit")


def test_what_was_held_back_is_told_by_data_and_found_again(
    outcome: Outcome, data: Mapping[str, Path]
) -> None:
    found = set()
    for name, path in data.items():
        dataset, part = judged_part(path, "valid", models=[outcome.folder])
        assert part == "held back by fit"
        found |= {f"{name}.zip/{record.name}" for record in dataset.records}
    assert found == {record.name for record in outcome.data.valid.records}


def test_a_record_tells_the_heads_apart(outcome: Outcome) -> None:
    (found,) = find_runs(outcome.folder.parent)
    assert {"macro_f1/emotion", "macro_f1/gender", "macro_f1/mask"} <= found.rows[0].keys()
    last = outcome.history[-1]
    mean = sum(scores["macro_f1"] for scores in last.heads.values()) / 3
    assert last.macro_f1 == pytest.approx(mean)
    assert "(emotion " in last.line()
    assert set(found.final["heads"]) == {"emotion", "gender", "mask"}
    assert outcome.contract.origin.figures["mask.accuracy"] == round(
        outcome.heads["mask"].accuracy, 4
    )


def test_taken_up_again_a_run_ends_bit_for_bit_as_one_that_was_never_broken(
    outcome: Outcome, data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    def interrupt(epoch: Epoch) -> None:
        if epoch.number == 1:
            raise KeyboardInterrupt

    plan = planned(data, task)
    with pytest.raises(KeyboardInterrupt):
        went(plan, tmp_path, Watch(on_epoch=interrupt))
    resumed = went(plan, tmp_path)
    assert resumed.folder == tmp_path / "made-001"
    whole = outcome.net.state_dict()
    assert all(torch.equal(value, whole[key]) for key, value in resumed.net.state_dict().items())


def test_a_batch_has_nought_in_every_column_of_an_unknown_head() -> None:
    targets = torch.tensor([[0, -1], [-1, 2]])
    pixels = np.zeros((2, 8, 8, 1), np.uint8)
    samples = HeadSamples(pixels=pixels, targets=targets, classes=5, sizes=(2, 3))
    rows = samples.rows(torch.tensor([0, 1]), 0.3)
    expected = [[0.85, 0.15, 0, 0, 0], [0, 0, 0.1, 0.1, 0.8]]
    assert torch.allclose(rows, torch.tensor(expected))
    assert samples.counts().tolist() == [1, 0, 0, 0, 1]


def test_a_teacher_of_one_head_teaches_that_head(
    outcome: Outcome, data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    only = {"masks": data["masks"]}
    one = went(planned(only, task.only(["mask"])), tmp_path)
    assert [head.name for head in one.contract.heads] == ["mask"]
    save(one.net, one.contract, tmp_path / "teacher")
    options = dataclasses.replace(OPTIONS, epochs=1, distil=0.5)
    plan = planned(data, task, teachers=(tmp_path / "teacher",), options=options)
    untaught = planned(data, task, options=dataclasses.replace(options, distil=0.0))
    found, alone = (went(each, tmp_path) for each in (plan, untaught))
    assert found.history[0].loss != alone.history[0].loss


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"most": "5"}, "--most is for a net with one head, not emotion, gender, mask"),
        ({"parts": (OPTIONS,)}, "--parts is for a net with one head"),
        ({"options": FitOptions(head_weights="age=2")}, "--head-weights: 'age' is not one of"),
        ({"task": None}, "several data need a table"),
        ({"more": ()}, "made.csv, line 4: no picture to learn from is 'female'"),
    ],
)
def test_what_cannot_be_is_refused_before_a_record_is_begun(
    data: Mapping[str, Path],
    task: Task,
    tmp_path: Path,
    changes: dict[str, object],
    complaint: str,
) -> None:
    with pytest.raises(InputError, match=complaint):
        went(planned(data, task, **changes), tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_head_of_which_no_face_is_found_is_named(
    data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"no face was found in .* that know 'emotion'"):
        went(planned(data, task, framing="photo"), tmp_path)


class Blind(Source):
    """Finds no face in the pictures to learn from that know of masks."""

    def load(
        self, records: Sequence[Record], framing: Framing, contract: Contract, watch: Watch
    ) -> Samples:
        samples = super().load(records, framing, contract, watch)
        if len(records) > 60:
            samples.targets[:, 2] = -1
        return samples


def test_a_head_of_which_no_face_is_found_to_learn_from_is_named(
    data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    fabric = Fabric(accelerator="cpu", devices=1)
    with pytest.raises(InputError, match=r"no face was found in the pictures to learn .* 'mask'"):
        run(planned(data, task), tmp_path, fabric, Watch(), source=Blind())


def test_pictures_that_were_made_of_others_are_not_given_beside_them(
    data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    with zipfile.ZipFile(data["people"]) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    table = files["fairface_label_val.csv"].decode().splitlines()
    table = [f"{table[0]},face", *(f"{row},{row.split(',')[0]}" for row in table[1:])]
    files["fairface_label_val.csv"] = "\n".join(table).encode()
    drawn = packed(tmp_path / "drawn.zip", files)
    with pytest.raises(InputError, match=r"drawn.zip: was made of faces of people.zip"):
        went(planned({**data, "drawn": drawn}, task), tmp_path)


def validated_as_the_page_resizes(outcome: Outcome) -> bool:
    """`tests/web/test_validation.py` holds the page to `whole` and `crop`."""
    records = [r for r in outcome.data.valid.records if r.name.startswith("masks.zip/")]
    samples = Source().load(records, "crop", outcome.contract, Watch())
    pictures = [whole(record.picture(), outcome.contract.input.size) for record in records]
    return np.array_equal(samples.pixels, grey(np.stack(pictures)))


def test_what_several_heads_are_validated_on_is_what_the_pages_own_resize_makes(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert validated_as_the_page_resizes(outcome)

    def otherwise(picture: Pixels, size: int) -> Pixels:
        return cv2.resize(picture, (size, size), interpolation=cv2.INTER_LINEAR).astype(np.uint8)

    monkeypatch.setattr("train.crops.whole", otherwise)
    assert not validated_as_the_page_resizes(outcome)


def test_crops_of_data_that_are_framed_otherwise_lie_in_one_batch(
    outcome: Outcome, data: Mapping[str, Path]
) -> None:
    photo, *others = outcome.data.test.records[:3]
    records = (dataclasses.replace(photo, framing="photo"), *others)
    samples = Source().load(records, "crop", outcome.contract, Watch())
    assert len(samples) == 2  # noise holds no face


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


@pytest.mark.parametrize(
    "words",
    [("skew", "MODEL", "DATA"), ("pseudo", "MODEL", "DATA", "DATA")],
    ids=["skew", "pseudo"],
)
def test_what_is_for_one_head_says_so(
    model: Path,
    data: Mapping[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    given = [{"MODEL": str(model), "DATA": str(data["masks"])}.get(word, word) for word in words]
    assert command(monkeypatch, *given) == 2
    assert "has several heads" in capsys.readouterr().err


def test_the_competitions_layout_and_drawn_masks_teach_the_same_eighteen_classes(
    tmp_path: Path,
) -> None:
    table = read_task(Path(__file__).resolve().parents[2] / "docs" / "tasks" / "mask-18.csv")
    random = np.random.default_rng(0)
    competition, drawn, rows = {}, {}, ["file,age,gender,race,mask,face"]
    kinds = itertools.product(
        ("male", "female"), (("20", "20-29"), ("45", "40-49"), ("60", "60-69"))
    )
    for number, (gender, (years, decade)) in enumerate([*kinds] * 5):
        for name, mask in (("mask1", "worn"), ("incorrect_mask", "wrong"), ("normal", "none")):
            content = png(random, 24, 128, 3)
            competition[f"{number:06}_{gender}_Asian_{years}/{name}.png"] = content
            drawn[f"faces/{number}-{mask}.png"] = content
            rows.append(f"faces/{number}-{mask}.png,{decade},{gender},White,{mask},{number}.png")
    drawn["fairface_label_masks.csv"] = "\n".join(rows).encode()
    for name, files in (("competition", competition), ("drawn", drawn)):
        data = {name: packed(tmp_path / f"{name}.zip", files)}
        found = gather(planned(data, table), Watch())
        assert {record.labels["class"] for record in found.kept} == set(table.labels_of("class"))
        contract = first_contract(planned(data, table), found.labels)
        assert [(head.name, len(head.labels)) for head in contract.heads] == [("class", 18)]
        parts = (found.kept, found.valid.records, found.test.records)
        people = [{record.subject for record in part} for part in parts]
        assert not people[0] & people[1] and not (people[0] | people[1]) & people[2]


def test_a_teacher_that_learned_from_what_is_reported_on_is_refused(
    model: Path, data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    masks = {"masks": data["masks"]}
    plan = planned(masks, task.only(["mask"]), teachers=(model,), split_seed=7)
    with pytest.raises(InputError, match=r"masks.zip: \d of 8 pictures to report on were not"):
        went(plan, tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_net_of_eighteen_classes_is_judged_by_pictures_that_know_the_mask_alone(
    data: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(__file__).resolve().parents[2] / "docs" / "tasks" / "mask-18.csv"
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
