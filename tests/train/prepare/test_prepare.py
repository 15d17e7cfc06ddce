from __future__ import annotations

import dataclasses
import json
import os
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from face_detect.command import InputError, MachineError
from tests.train.prepare.conftest import SMALL, Run, as_jpeg, digests
from train.data.open_dataset import open_dataset
from train.data.reading import Reading
from train.prepare.cut_portion import SEVERAL, cut_portion
from train.prepare.local_engine import LocalEngine
from train.prepare.portion import Part, Portion
from train.prepare.prepare import Step, prepare

Task = TypeVar("Task")
Done = TypeVar("Done")
PARTLESS = dataclasses.replace(SMALL, valid=0, test=0)


class Backwards:
    """An engine that gives its results in another order, and counts the tasks."""

    def __init__(self) -> None:
        self.count = 0

    def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
        found = [work(task) for task in tasks]
        self.count += len(found)
        yield from reversed(found)


def test_one_worker_two_workers_and_another_order_give_the_same_bytes(
    tmp_path: Path, photos: Path, run: Run
) -> None:
    options = dataclasses.replace(PARTLESS, portion=2)
    run(photos, "one", options)
    run(photos, "two", options, LocalEngine(2))
    run(photos, "backwards", options, Backwards())
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "backwards")


def test_a_shard_is_a_tar_of_a_jpg_and_a_json_for_each_face(
    tmp_path: Path, photos: Path, run: Run
) -> None:
    document = run(photos, options=PARTLESS).document
    (shard,) = document["shards"]
    with tarfile.open(tmp_path / "out" / shard["tar"]["name"]) as tar:
        names = tar.getnames()
        assert {(member.mtime, member.uid) for member in tar.getmembers()} == {(0, 0)}
        about = json.load(tar.extractfile(names[1]))  # type: ignore[arg-type]
    keys = ["00000000", "00000001", "00000002", "00000003"]
    assert sorted(names) == [f"{key}.{end}" for key in keys for end in ("jpg", "json")]
    assert about.keys() >= {"name", "labels", "subject", "split", "box", "score"}


def test_what_gives_no_face_is_counted_and_listed_and_never_fatal(
    tmp_path: Path, photos: Path, run: Run
) -> None:
    document = run(photos, options=PARTLESS).document
    assert document["samples"] == 4
    assert document["left_out"] == {"is damaged or cut short": 1, "no face found": 1}
    assert document["taken_with_a_doubt"] == {SEVERAL: 1}
    table = (tmp_path / "out" / "notes.csv").read_text().splitlines()
    assert table[1:] == [
        'yes,several faces,happy/three.jpg,"3 found, the most certain taken"',
        "no,is damaged or cut short,sad/short.jpg,200 bytes",
        "no,no face found,sad/wall.jpg,",
    ]


def test_annotators_who_disagree_are_counted_and_shown(
    tmp_path: Path, photos: Path, run: Run
) -> None:
    votes = {"기쁨.jpg": "기쁨 기쁨 기쁨", "당황.jpg": "기쁨 당황 슬픔"}
    entries = [
        {"filename": name, "faceExp_uploader": "기쁨"}
        | {f"annot_{who}": {"faceExp": vote} for who, vote in zip("ABC", said.split(), strict=True)}
        for name, said in votes.items()
    ]
    data = tmp_path / "aihub"
    data.mkdir()
    with zipfile.ZipFile(photos) as archive:
        for name in votes:
            (data / name).write_bytes(archive.read("happy/one.jpg"))
    (data / "list.json").write_text(json.dumps(entries))
    reading = Reading(annotators="unanimous")
    document = run(data, options=PARTLESS, reading=reading).document
    assert document["left_out"] == {"annotators disagree": 1}
    assert document["labels"] == {"emotion": {"기쁨": 1}}
    assert "data:image/jpeg" in (tmp_path / "out" / "notes.html").read_text()


def test_shards_are_as_large_as_may_be_and_no_larger(
    tmp_path: Path, crops: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.prepare.prepare._MB", 40_000)
    document = run(crops).document
    sizes = [shard["tar"]["size"] for shard in document["shards"]]
    assert len(sizes) == 3
    assert max(sizes) <= 40_000 + 1024
    assert sum(shard["samples"] for shard in document["shards"]) == 16


def test_a_shard_is_not_of_one_label_though_the_dataset_lies_by_label(
    tmp_path: Path, crops: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.prepare.prepare._MB", 40_000)
    run(crops, options=dataclasses.replace(SMALL, portion=1))
    lists = [path.read_text().splitlines() for path in (tmp_path / "out").glob("*.jsonl")]
    labels = [{json.loads(row)["labels"]["emotion"] for row in rows} for rows in lists]
    assert len(labels) > 1
    assert all(each == {"happy", "sad"} for each in labels)


def test_a_run_that_is_taken_up_again_cuts_nothing_twice(
    tmp_path: Path, crops: Path, run: Run
) -> None:
    class Fails:
        def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
            for number, task in enumerate(tasks):
                if number == 4:
                    raise KeyboardInterrupt
                yield work(task)

    with pytest.raises(KeyboardInterrupt):
        run(crops, engine=Fails())
    rest = Backwards()
    run(crops, engine=rest)
    assert rest.count == 2
    run(crops, "whole")
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")


def test_composed_and_decomposed_names_give_the_same_bytes(
    tmp_path: Path, crops: Path, run: Run
) -> None:
    for form in ("NFC", "NFD"):
        with zipfile.ZipFile(crops) as archive:
            for i, name in enumerate(archive.namelist()):
                # One of them is sorted elsewhere when it is decomposed.
                korean = unicodedata.normalize(
                    form, f"{'기쁨' if i % 2 else '슬픔'}/{'éf'[i % 3 > 0]}{i}.jpg"
                )
                path = tmp_path / form / "얼굴" / korean
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(name))
        run(tmp_path / form / "얼굴", f"out-{form}")
    assert digests(tmp_path / "out-NFC") == digests(tmp_path / "out-NFD")


def test_a_name_that_is_not_utf8_ends_nothing(tmp_path: Path, crops: Path, run: Run) -> None:
    with zipfile.ZipFile(crops) as archive:
        archive.extractall(tmp_path / "data")
    (tmp_path / "data" / "sad" / os.fsdecode(b"\xb1\xe2.jpg")).write_bytes(b"")
    document = run(tmp_path / "data").document
    assert document["left_out"] == {"name is not UTF-8": 1}


def test_a_folder_that_is_finished_is_left_as_it_is(tmp_path: Path, crops: Path, run: Run) -> None:
    first = run(crops)
    before = digests(tmp_path / "out")
    never = Backwards()
    again = run(crops, engine=never)
    assert (first.was_there, again.was_there, never.count) == (False, True, 0)
    assert again.document == json.loads(json.dumps(first.document))
    assert digests(tmp_path / "out") == before


def test_a_folder_that_has_lost_a_shard_is_not_taken_for_finished(
    tmp_path: Path, crops: Path, run: Run
) -> None:
    run(crops)
    next((tmp_path / "out").glob("*.tar")).unlink()
    with pytest.raises(InputError, match=r"\.tar: is missing; index\.json names it"):
        run(crops)


def test_an_index_that_is_damaged_is_named(tmp_path: Path, crops: Path, run: Run) -> None:
    path = tmp_path / "out" / "index.json"
    document = run(crops).document
    path.write_text(json.dumps(document | {"shards": [{}]}))
    with pytest.raises(InputError, match=r"index\.json: is damaged"):
        run(crops)


@pytest.mark.parametrize("finished", [True, False])
def test_another_option_is_refused_by_its_name(crops: Path, run: Run, finished: bool) -> None:
    begin(crops, run, finished)
    other = dataclasses.replace(SMALL, quality=80, margin=0.5)
    with pytest.raises(InputError, match=r"--margin was 0\.25, is 0\.5; --quality was 92, is 80"):
        run(crops, options=other)


@pytest.mark.parametrize("finished", [True, False])
def test_other_data_are_refused_with_what_differs(crops: Path, run: Run, finished: bool) -> None:
    begin(crops, run, finished)
    with zipfile.ZipFile(crops, "a") as archive:
        archive.writestr("sad/more.jpg", as_jpeg(np.zeros((40, 40, 3), np.uint8)))
    with pytest.raises(InputError, match=r"the data differ in how many pictures; .* names"):
        run(crops)


def begin(data: Path, run: Run, finished: bool) -> None:
    class Stops:
        def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
            yield work(next(tasks))
            raise KeyboardInterrupt

    if finished:
        run(data)
        return
    with pytest.raises(KeyboardInterrupt):
        run(data, engine=Stops())


def test_a_folder_of_somebody_elses_is_refused(tmp_path: Path, crops: Path, run: Run) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files that this command did not write"):
        run(crops)


def test_a_folder_inside_of_the_data_is_refused(tmp_path: Path, crops: Path, run: Run) -> None:
    with zipfile.ZipFile(crops) as archive:
        archive.extractall(tmp_path / "data")
    with pytest.raises(InputError, match="would be read as a part of it"):
        run(tmp_path / "data", "data/shards")


def test_shards_are_not_prepared_again(tmp_path: Path, crops: Path, run: Run) -> None:
    run(crops)
    with pytest.raises(InputError, match="prepared already"):
        run(tmp_path / "out", "again")


def test_data_without_a_face_are_refused_with_the_reasons(tmp_path: Path, run: Run) -> None:
    for i in range(2):
        (tmp_path / "walls" / "happy").mkdir(parents=True, exist_ok=True)
        wall = np.full((100, 100, 3), 90, np.uint8)
        (tmp_path / "walls" / "happy" / f"{i}.jpg").write_bytes(as_jpeg(wall))
    with pytest.raises(InputError, match="no picture gave a face: 2 × no face found"):
        run(tmp_path / "walls", options=PARTLESS, framing="photo")
    assert digests(tmp_path / "out") == {}


def test_two_runs_in_one_folder_are_one_too_many(tmp_path: Path, crops: Path, run: Run) -> None:
    class Meanwhile:
        def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
            with pytest.raises(InputError, match="is being prepared by another process"):
                run(crops)
            for task in tasks:
                yield work(task)

    run(crops, engine=Meanwhile())


def test_progress_counts_pictures_from_the_first_run_on(tmp_path: Path, photos: Path) -> None:
    steps: list[Step] = []
    dataset, engine = open_dataset(photos), LocalEngine(1)
    prepare(dataset, photos, tmp_path / "out", PARTLESS, engine, on_step=steps.append)
    assert (steps[0].done, steps[0].total) == (0, 6)
    assert (steps[-1].done, steps[-1].faces, steps[-1].left_out) == (6, 4, 2)


def test_a_part_that_rotted_on_the_disk_is_made_anew(tmp_path: Path, crops: Path, run: Run) -> None:
    begin(crops, run, finished=False)
    (part,) = (tmp_path / "out" / ".unfinished" / "parts").glob("*.tar")
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(MachineError, match="was damaged on the disk"):
        run(crops)
    run(crops)
    run(crops, "whole")
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")


def test_a_part_says_which_pictures_it_is_of(crops: Path) -> None:
    from train.prepare.cutting import Cutting

    records = open_dataset(crops).records[:2]
    portion = Portion(number=7, first=4, records=records, cutting=Cutting(framing="crop"))
    part = cut_portion(portion)
    assert isinstance(part, Part)
    assert (part.number, [row.key for row in part.rows]) == (7, ["00000004", "00000005"])
    assert str(portion) == f"{records[0].name} to {records[1].name}"
