from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from face_detect.command import InputError
from train.checkpoint import save
from train.epoch import Epoch
from train.judged_part import HELD_OUT, judged_part
from train.keep_model import keep_model
from train.options import FitOptions
from train.plan import Plan
from train.run import Outcome, run
from train.watch import Watch

OPTIONS = FitOptions(epochs=2, batch=8)


def planned(data: Path, **changes: object) -> Plan:
    plan = Plan(data=data, name="made", net="slim", size=32, options=OPTIONS, valid_share=0.2)
    return dataclasses.replace(plan, **changes)  # type: ignore[arg-type]


def went(plan: Plan, root: Path, watch: Watch | None = None) -> Outcome:
    return run(plan, root, Fabric(accelerator="cpu", devices=1), watch or Watch())


def same_weights(first: Outcome, second: Outcome) -> bool:
    others = second.net.state_dict()
    return all(torch.equal(value, others[key]) for key, value in first.net.state_dict().items())


def test_without_parts_some_pictures_are_held_out(tmp_path: Path) -> None:
    flat = made_folder(tmp_path / "flat", "")
    outcome = went(planned(flat, options=dataclasses.replace(OPTIONS, epochs=1)), tmp_path / "runs")
    held_out = (outcome.folder / HELD_OUT).read_text(encoding="utf-8").split()
    assert outcome.evaluation.pictures == len(held_out) == 8


def test_what_was_held_back_to_choose_by_is_the_models_valid_part(
    dataset: Path, tmp_path: Path
) -> None:
    def keep(outcome: Outcome) -> None:
        keep_model(outcome, tmp_path / "model", data="made", licence="made", made_by="a test")

    plan = planned(dataset, options=dataclasses.replace(OPTIONS, epochs=1))
    fabric = Fabric(accelerator="cpu", devices=1)
    outcome = run(plan, tmp_path / "runs", fabric, Watch(), keep)
    found, part = judged_part(dataset, "valid", models=[tmp_path / "model"])
    assert part == "held back by fit"
    names = {record.name for record in outcome.data.valid.records}
    assert {record.name for record in found.records} == names
    assert not (outcome.folder / HELD_OUT).exists()


def test_parts_without_one_to_test_on_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has parts \['train'\]; needs train and test"):
        went(planned(made_folder(tmp_path / "half", "train/")), tmp_path / "runs")


def made_folder(folder: Path, part: str) -> Path:
    """40 pictures, 20 of each label."""
    random = np.random.default_rng(0)
    for i in range(40):
        label, level = ("happy", 200) if i % 2 else ("sad", 60)
        path = folder / f"{part}{label}" / f"{i}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = random.integers(level - 40, level + 40, (48, 48), dtype=np.uint8)
        path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return folder


def test_a_run_leaves_its_record_and_its_figures(dataset: Path, tmp_path: Path) -> None:
    outcome = went(planned(dataset), tmp_path)
    assert outcome.folder == tmp_path / "made-001"
    names = {path.name for path in outcome.folder.iterdir()}
    assert {"config.json", "metrics.csv", "curves.png", "done.json", "best.pt"} <= names
    assert outcome.contract.origin.figures["accuracy"] == round(outcome.evaluation.accuracy, 4)


def test_a_model_that_met_strangers_tells_unfamiliar_faces_and_no_other_does(
    dataset: Path, tmp_path: Path
) -> None:
    plain, met = (
        went(planned(dataset, options=FitOptions(epochs=1, batch=8, strangers=share)), tmp_path)
        for share in (0.0, 0.5)
    )
    assert plain.contract.heads[0].familiar_above is None
    assert met.contract.heads[0].familiar_above is not None


def test_a_second_run_overwrites_nothing(dataset: Path, tmp_path: Path) -> None:
    first, second = (went(planned(dataset), tmp_path) for _ in range(2))
    assert second.folder == tmp_path / "made-002"
    assert same_weights(first, second)


def test_a_run_that_was_interrupted_goes_on_in_its_folder_to_the_same_end(
    dataset: Path, tmp_path: Path
) -> None:
    def interrupt(epoch: Epoch) -> None:
        if epoch.number == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        went(planned(dataset), tmp_path / "broken", Watch(on_epoch=interrupt))
    resumed = went(planned(dataset), tmp_path / "broken")
    assert resumed.folder == tmp_path / "broken" / "made-001"
    assert same_weights(resumed, went(planned(dataset), tmp_path / "whole"))


def test_in_parts_the_outcome_on_every_earlier_part_is_told(dataset: Path, tmp_path: Path) -> None:
    said: list[str] = []
    plan = planned(dataset, parts=(OPTIONS, dataclasses.replace(OPTIONS, epochs=1)))
    outcome = went(plan, tmp_path, Watch(say=said.append))
    assert len(outcome.history) == 3
    told = [line.partition(":")[0] for line in said if line.startswith("after part")]
    assert told == [f"after part {after}, on part {on}" for after, on in ((1, 1), (2, 1), (2, 2))]


def test_in_parts_too_a_run_that_was_interrupted_ends_the_same(
    dataset: Path, tmp_path: Path
) -> None:
    seen: list[Epoch] = []

    def interrupt(epoch: Epoch) -> None:
        seen.append(epoch)
        if len(seen) == 3:
            raise KeyboardInterrupt

    plan = planned(dataset, parts=(OPTIONS, OPTIONS))
    with pytest.raises(KeyboardInterrupt):
        went(plan, tmp_path / "broken", Watch(on_epoch=interrupt))
    assert same_weights(went(plan, tmp_path / "broken"), went(plan, tmp_path / "whole"))


def test_a_fine_tuning_begins_with_the_given_weights(dataset: Path, tmp_path: Path) -> None:
    first = went(planned(dataset), tmp_path / "runs")
    save(first.net, first.contract, tmp_path / "model")
    still = dataclasses.replace(OPTIONS, rate=0.0, schedule="constant", freeze=99)
    with pytest.raises(InputError, match="--freeze 99: the net has 8 layers"):
        went(planned(dataset, weights=tmp_path / "model", options=still), tmp_path / "runs")
    still = dataclasses.replace(still, freeze=8)
    second = went(planned(dataset, weights=tmp_path / "model", options=still), tmp_path / "runs")
    assert same_weights(first, second)


def test_a_teacher_may_see_another_size_but_no_other_channels(
    dataset: Path, tmp_path: Path
) -> None:
    first = went(planned(dataset), tmp_path / "runs")
    save(first.net, first.contract, tmp_path / "model")
    taught = dataclasses.replace(OPTIONS, distil=0.5)
    plan = planned(dataset, size=40, teachers=(tmp_path / "model",), options=taught)
    went(plan, tmp_path / "runs")
    with pytest.raises(InputError, match="a teacher needs the channels and labels of its pupil"):
        went(dataclasses.replace(plan, channels="rgb"), tmp_path / "runs")


def test_a_damaged_picture_is_told_and_left_out(dataset: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(dataset, "a") as archive:
        archive.writestr("train/happy/damaged.png", b"\x89PNG cut short")
    said: list[str] = []
    went(planned(dataset), tmp_path, Watch(say=said.append))
    assert "left out: 1 × is damaged or cut short: train/happy/damaged.png" in said


def test_what_a_run_said_stands_in_its_log(dataset: Path, tmp_path: Path) -> None:
    said: list[str] = []
    outcome = went(planned(dataset), tmp_path, Watch(say=said.append))
    log = (outcome.folder / "console.log").read_text(encoding="utf-8")
    assert all(line in log for line in said if line.startswith("epoch"))
    assert "epoch 2:" in log


def test_a_run_whose_model_could_not_be_stored_is_not_finished(
    dataset: Path, tmp_path: Path
) -> None:
    def full(outcome: Outcome) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run(planned(dataset), tmp_path, Fabric(accelerator="cpu", devices=1), Watch(), full)
    assert went(planned(dataset), tmp_path).folder == tmp_path / "made-001"


def test_a_label_that_only_test_pictures_have_is_named_before_training(
    dataset: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(dataset, "a") as archive:
        archive.writestr("test/angry/one.png", archive.read("test/sad/000.png"))
    with pytest.raises(InputError, match=r"none to learn from has: \{'angry': 1\}"):
        went(planned(dataset), tmp_path)


def test_weights_of_another_net_are_refused(dataset: Path, tmp_path: Path) -> None:
    first = went(planned(dataset), tmp_path / "runs")
    save(first.net, first.contract, tmp_path / "model")
    with pytest.raises(InputError, match="is of another net"):
        went(planned(dataset, net="wide", weights=tmp_path / "model"), tmp_path / "runs")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"net": "none"}, "--net: net is 'none', not one of"),
        ({"size": 4}, "--size 4: is too small for slim"),
        ({"weights": Path("nowhere")}, "nowhere: no such model"),
        ({"options": FitOptions(batch=64)}, "that is less than a batch of 64"),
    ],
)
def test_a_plan_that_cannot_work_leaves_no_record(
    dataset: Path, tmp_path: Path, changes: dict[str, object], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        went(planned(dataset, **changes), tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_run_with_another_teacher_is_another_run(dataset: Path, tmp_path: Path) -> None:
    first = went(planned(dataset), tmp_path / "runs")
    save(first.net, first.contract, tmp_path / "model")
    taught = dataclasses.replace(OPTIONS, distil=0.5)
    plan = planned(dataset, name="pupil", teachers=(tmp_path / "model",), options=taught)

    def interrupt(epoch: Epoch) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        went(plan, tmp_path / "runs", Watch(on_epoch=interrupt))
    for parameter in first.net.parameters():
        parameter.data.neg_()
    save(first.net, first.contract, tmp_path / "model")
    assert went(plan, tmp_path / "runs").folder == tmp_path / "runs" / "pupil-002"


def test_it_is_told_how_many_pictures_to_choose_by_the_net_may_have_learned_before(
    dataset: Path, tmp_path: Path
) -> None:
    plan = planned(dataset, options=dataclasses.replace(OPTIONS, epochs=1), split_seed=0)
    outcome = went(plan, tmp_path / "runs")
    model = tmp_path / "model"
    keep_model(outcome, model, data="made", licence="made", made_by="a test")
    taught = dataclasses.replace(plan.options, distil=0.5)
    begun = dataclasses.replace(plan, weights=model)
    pupil = dataclasses.replace(plan, teachers=(model,), options=taught)
    for number, given in enumerate((begun, pupil)):
        lines: list[str] = []
        watch = Watch(say=lines.append)
        went(given, tmp_path / f"same-{number}", watch)
        assert not [line for line in lines if "to choose by" in line]
        other = went(dataclasses.replace(given, split_seed=5), tmp_path / f"other-{number}", watch)
        names = {record.name for record in other.data.valid.records}
        learned = len(names - set(outcome.data.held_back_names))
        (line,) = [line for line in lines if "to choose by" in line]
        assert learned > 0
        assert line.startswith(
            f"{learned} of {len(names)} pictures to choose by were not held back"
        )
        assert f"in the fit of {model}" in line
