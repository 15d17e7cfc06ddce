from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from train.data import Record
from train.data.read_task import read_task
from train.data.task import Task
from train.gather import gather
from train.judged_part import HELD_BACK
from train.plan import Plan
from train.watch import Watch


def mask_data(path: Path, people: dict[str, list[int]]) -> Path:
    """The mask competition's layout: for each part, people by number, a few pictures each."""
    random = np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for part, numbers in people.items():
            for number in numbers:
                folder = (
                    f"{part}/{number:06}_{'female' if number % 2 else 'male'}_Asian_{20 + number}"
                )
                for name in ("mask1", "mask2", "normal", "incorrect_mask"):
                    picture = random.integers(0, 256, (48, 48), dtype=np.uint8)
                    content = cv2.imencode(".png", picture)[1].tobytes()
                    archive.writestr(f"{folder}/{name}.png", content)
    return path


def subjects(records: tuple[Record, ...]) -> set[str | None]:
    return {record.subject for record in records}


def test_nobody_is_in_two_parts_whatever_the_data_s_own_parts_are(tmp_path: Path) -> None:
    data = mask_data(tmp_path / "mask.zip", {"train": list(range(20)), "test": [3, 7, 30, 31]})
    found = gather(Plan(data=data, name="made", head="mask", valid_share=0.2), Watch())
    parts = [subjects(found.kept), subjects(found.valid.records), subjects(found.test.records)]
    assert all(parts)
    assert not parts[0] & parts[1]
    assert not (parts[0] | parts[1]) & parts[2]


def test_validation_has_no_copy_of_a_test_picture(dataset: Path) -> None:
    with zipfile.ZipFile(dataset, "a") as archive:
        for i in range(10):
            label = "happy" if i % 2 else "sad"
            content = archive.read(f"test/{label}/{i:03}.png")
            for copy in range(3):
                archive.writestr(f"train/{label}/copy-{i}-{copy}.png", content)
    found = gather(Plan(data=dataset, name="made", valid_share=0.3), Watch())
    pictures = {record.read() for record in found.test.records}
    assert not pictures & {record.read() for record in (*found.valid.records, *found.kept)}


@pytest.fixture(scope="module")
def classes() -> Task:
    return read_task(Path(__file__).resolve().parents[2] / "docs" / "tasks" / "mask-18.csv")


def parts_of(plan: Plan) -> list[set[str]]:
    """The names to learn from, held back and held out."""
    found = gather(plan, Watch())
    parts = (found.kept, found.valid.records, found.test.records)
    return [{record.name for record in part} for part in parts]


def test_nets_with_other_heads_of_one_table_share_their_parts(
    tmp_path: Path, classes: Task
) -> None:
    data = mask_data(tmp_path / "mask.zip", {"images": list(range(60))})
    plan = Plan(data=data, name="made", valid_share=0.2, task=classes, head="class")
    asked = [["class"], ["mask"], ["gender"], ["age group"], ["mask", "gender", "age group"]]
    first, *others = (parts_of(replace(plan, task=classes.only(heads))) for heads in asked)
    assert all(first)
    assert all(parts == first for parts in others)


def test_a_picture_that_two_data_have_is_in_one_part(tmp_path: Path, classes: Task) -> None:
    numbers = list(range(0, 60, 3))
    # Equal pictures, of people with other names.
    data = [
        mask_data(tmp_path / "a.zip", {"images": numbers}),
        mask_data(tmp_path / "b.zip", {"images": [number + 200 for number in numbers]}),
    ]
    task = classes.only(["mask"])
    plan = Plan(data=data[0], more=(data[1],), name="made", valid_share=0.3, task=task, head="mask")
    found = gather(plan, Watch())
    parts = (found.kept, found.valid.records, found.test.records)
    kept, valid, test = ({record.read() for record in part} for part in parts)
    assert kept and valid
    assert not kept & (valid | test) and not valid & test


def test_people_of_two_data_who_have_one_number_are_two(tmp_path: Path, classes: Task) -> None:
    data = [mask_data(tmp_path / f"{name}.zip", {"images": list(range(12))}) for name in "ab"]
    found = gather(
        Plan(data=data[0], more=(data[1],), name="made", valid_share=0.3, head="mask",
             task=classes.only(["mask"])),
        Watch(),
    )  # fmt: skip
    people = {record.subject for record in (*found.valid.records, *found.test.records)}
    assert {str(person).split("/")[0] for person in people} == {"a.zip", "b.zip"}


def begun_with(model: Path, names: set[str]) -> Path:
    """A model's folder, as far as it tells of its parts."""
    model.mkdir()
    (model / HELD_BACK).write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")
    return model


def test_a_net_that_goes_on_from_another_is_chosen_by_what_that_one_held_back(
    dataset: Path, tmp_path: Path
) -> None:
    plan = Plan(data=dataset, name="made", valid_share=0.3)
    before = parts_of(plan)
    model = begun_with(tmp_path / "before", before[1])
    other = replace(plan.options, seed=5)
    assert parts_of(replace(plan, options=other))[1] != before[1]
    assert parts_of(replace(plan, options=other, parted_as=model)) == before


def test_a_file_of_weights_tells_by_the_folder_that_it_lies_in(
    dataset: Path, tmp_path: Path
) -> None:
    plan = Plan(data=dataset, name="made", valid_share=0.3, split_seed=5)
    first = parts_of(replace(plan, split_seed=0))
    weights = begun_with(tmp_path / "run", first[1]) / "best.pt"
    weights.touch()
    assert parts_of(replace(plan, parted_as=weights)) == first


def test_a_label_that_was_not_among_what_was_held_back_is_drawn_for_anew(
    dataset: Path, tmp_path: Path
) -> None:
    plan = Plan(data=dataset, name="made", valid_share=0.3)
    parts = parts_of(plan)
    happy = begun_with(tmp_path / "before", {name for name in parts[1] if "happy" in name})
    assert parts_of(replace(plan, parted_as=happy)) == parts


def test_a_model_that_held_back_too_little_of_these_data_does_not_part_them(
    dataset: Path, tmp_path: Path
) -> None:
    plan = Plan(data=dataset, name="made", valid_share=0.3)
    parts = parts_of(plan)
    few = {next(name for name in sorted(parts[1]) if label in name) for label in ("happy", "sad")}
    assert parts_of(replace(plan, parted_as=begun_with(tmp_path / "before", few))) == parts


def test_what_was_held_back_of_other_data_holds_nothing_back(dataset: Path, tmp_path: Path) -> None:
    plan = Plan(data=dataset, name="made", valid_share=0.3)
    model = begun_with(tmp_path / "before", {"elsewhere/1.png", "elsewhere/2.png"})
    assert parts_of(replace(plan, parted_as=model)) == parts_of(plan)
