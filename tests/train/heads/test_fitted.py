"""One net with several heads, from data that know only some of them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from face_detect.crop import Pixels, grey
from tests.train.heads.made import OPTIONS, packed, planned, png, went
from train.checkpoint import save
from train.data.read_task import read_task
from train.data.task import Task
from train.epoch import Epoch
from train.gather import gather
from train.inputs import whole
from train.judged_part import HELD_OUT, judged_part
from train.run import Outcome, first_contract
from train.runs import find_runs
from train.samples import HeadSamples
from train.source import Source
from train.watch import Watch


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


def test_the_competitions_layout_and_drawn_masks_teach_the_same_eighteen_classes(
    tmp_path: Path,
) -> None:
    table = read_task(Path(__file__).resolve().parents[3] / "docs" / "tasks" / "mask-18.csv")
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
