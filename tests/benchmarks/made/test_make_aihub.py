from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import shutil
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

from benchmarks.made.made_options import MadeOptions
from benchmarks.made.make_aihub import MARK, MadeSet, make_aihub
from benchmarks.made.plan import EMOTIONS, WRONG
from face_detect.build import build_detector
from face_detect.command import InputError, MachineError
from train.data import Reading, open_dataset
from train.data.readable import readable

Made = tuple[Path, MadeSet]


class _Usage(NamedTuple):
    free: int


def members(folder: Path, kind: str = "원천") -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.zip")):
        if unicodedata.normalize("NFC", path.name).startswith(f"[{kind}]"):
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    yield info.filename, archive.read(info)


def prints(folder: Path) -> dict[str, str]:
    """Of every file, zips and all."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_the_reader_finds_what_was_promised(made: Made) -> None:
    out, told = made
    dataset = open_dataset(out)
    assert (dataset.format, len(dataset.records)) == ("aihub", told.records)
    named = ("no label", "picture missing", "annotators disagree")
    assert dataset.problem_counts() == {kind: told.wrong[kind] for kind in named}
    assert {record.split for record in dataset.records} == {"train", "valid"}
    assert {record.labels["emotion"] for record in dataset.records} == set(EMOTIONS)


def test_every_kind_of_wrong_picture_is_there_and_counted(made: Made) -> None:
    out, told = made
    assert set(told.wrong) == set(WRONG)
    problems = readable(open_dataset(out)).problem_counts()
    assert problems["is damaged or cut short"] == told.wrong["truncated"]
    assert problems["box outside the picture"] == told.wrong["box outside"]


def test_there_are_as_many_pictures_as_were_asked_for(made: Made, small: MadeOptions) -> None:
    out, told = made
    names = [name for name, _ in members(out)]
    assert len(names) == len(set(names)) == told.pictures == small.pictures


def test_names_are_there_in_both_unicode_forms_alone_and_crossed(made: Made) -> None:
    forms: Counter[tuple[bool, bool]] = Counter()
    listed = {
        unicodedata.normalize("NFC", entry["filename"]): entry["filename"]
        for _, content in members(made[0], "라벨")
        for entry in json.loads(content)
    }
    for name, _ in members(made[0]):
        entry = listed.get(unicodedata.normalize("NFC", name), name)
        forms[unicodedata.is_normalized("NFC", name), unicodedata.is_normalized("NFC", entry)] += 1
    assert len(forms) == 4
    zips = [path.name for path in made[0].rglob("*.zip")]
    assert len({unicodedata.is_normalized("NFC", name) for name in zips}) == 2


def test_the_detector_finds_the_one_face_where_the_annotators_saw_it(made: Made) -> None:
    detector = build_detector("tiny")
    found = 0
    records = readable(open_dataset(made[0])).records
    for record in records:
        boxes = detector.detect(record.picture())
        assert record.box is not None
        found += len(boxes) == 1 and boxes[0].iou(record.box) > 0.4
    wrong = made[1].wrong["no face"] + made[1].wrong["several faces"]
    assert found == len(records) - wrong


@pytest.mark.full
def test_one_seed_makes_the_same_bytes_again_and_another_one_others(
    made: Made, small: MadeOptions, tmp_path: Path
) -> None:
    again = dataclasses.replace(small, pool=tmp_path / "pool", workers=2)
    make_aihub(tmp_path / "again", again)
    assert prints(tmp_path / "again") == prints(made[0])
    make_aihub(tmp_path / "other", dataclasses.replace(again, seed=4))
    assert not set(prints(tmp_path / "other").values()) & set(prints(made[0]).values())


def test_distinct_pictures_that_were_kept_are_not_drawn_again(
    made: Made, small: MadeOptions, tmp_path: Path
) -> None:
    steps: list[str] = []
    make_aihub(tmp_path / "set", small, lambda part, done: steps.append(part))
    assert steps.count("distinct_pictures") == 1


def test_portions_together_hold_each_picture_once_as_the_whole_has_it(
    made: Made, small: MadeOptions, tmp_path: Path
) -> None:
    found: list[tuple[str, bytes]] = []
    people: list[set[str]] = []
    for portion in (1, 2, 3):
        out = tmp_path / str(portion)
        told = make_aihub(out, dataclasses.replace(small, portion=portion, portions=3))
        found += members(out)
        people.append({name.split("_")[0] for name, _ in members(out)})
        assert told.records == len(open_dataset(out).records)
    assert sorted(found) == sorted(members(made[0]))
    assert sum(map(len, people)) == len(set.union(*people))


def test_portions_can_lie_in_one_folder(small: MadeOptions, tmp_path: Path) -> None:
    records = 0
    for portion in (1, 2):
        out = tmp_path / f"made-{portion}"
        records += make_aihub(out, dataclasses.replace(small, portion=portion, portions=2)).records
        shutil.copytree(out, tmp_path / "both", dirs_exist_ok=True)
    assert len(open_dataset(tmp_path / "both").records) == records


def test_no_two_files_are_equal_and_no_picture_is_in_both_parts(made: Made) -> None:
    dataset = readable(open_dataset(made[0]))
    contents = [record.read() for record in dataset.records]
    assert len({hashlib.sha256(content).digest() for content in contents}) == len(contents)
    parts: dict[bytes, set[str | None]] = {}
    labels: dict[bytes, set[str]] = {}
    for record in dataset.records:
        shown = hashlib.sha256(record.picture().tobytes()).digest()
        parts.setdefault(shown, set()).add(record.split)
        labels.setdefault(shown, set()).add(record.labels["emotion"])
    single = [each for each in parts.values() if len(each) == 1]
    # Pictures without a face or with several are of both parts.
    assert len(parts) - len(single) <= made[1].wrong["no face"] + made[1].wrong["several faces"]
    assert sum(len(each) == 1 for each in labels.values()) >= made[1].distinct


def test_some_pictures_lie_on_their_side_and_their_boxes_do_not(made: Made) -> None:
    turned = 0
    for record in readable(open_dataset(made[0])).records:
        with Image.open(io.BytesIO(record.read())) as stored:
            if stored.getexif().get(0x0112) == 6:
                turned += 1
                assert record.picture().shape[:2] == stored.size
    assert turned


def test_annotators_who_disagree_are_no_record_and_one_who_does_is_outvoted(made: Made) -> None:
    majority = open_dataset(made[0])
    unanimous = open_dataset(made[0], reading=Reading(annotators="unanimous"))
    assert len(unanimous.records) < len(majority.records)


def test_what_was_made_is_replaced_and_a_strange_folder_is_not(
    small: MadeOptions, tmp_path: Path
) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files that this command did not write"):
        make_aihub(tmp_path / "set", small)
    assert [path.name for path in (tmp_path / "set").iterdir()] == ["thesis.txt"]
    make_aihub(tmp_path / "made", small)
    less = make_aihub(tmp_path / "made", dataclasses.replace(small, pictures=30))
    assert json.loads((tmp_path / "made" / MARK).read_text())["made"]["pictures"] == less.pictures


def test_one_that_is_interrupted_leaves_nothing_and_the_older_one_whole(
    small: MadeOptions, tmp_path: Path
) -> None:
    make_aihub(tmp_path / "set", dataclasses.replace(small, pictures=28))
    before = prints(tmp_path / "set")

    def stop(part: str, done: float) -> None:
        if part == "pictures" and done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_aihub(tmp_path / "set", small, stop)
    assert prints(tmp_path / "set") == before
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_a_disk_without_room_is_told_what_is_needed(
    small: MadeOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage(free=10**7))
    with pytest.raises(MachineError, match=r"set: needs 0\.1 GB, and 0\.0 GB are free"):
        make_aihub(tmp_path / "set", small)
    large = MadeOptions(pictures=20_000)
    with pytest.raises(MachineError, match=r"needs 35\.0 GB.*--portion 1/"):
        make_aihub(tmp_path / "set", large)
    assert not list(tmp_path.iterdir())


@pytest.mark.full
def test_faces_may_come_from_a_dataset(made: Made, tmp_path: Path) -> None:
    options = MadeOptions(pictures=28, distinct=14, megapixels=0.2, faces=made[0])
    told = make_aihub(tmp_path / "set", options)
    assert told.faces == 14
    assert len(open_dataset(tmp_path / "set").records) == told.records


def test_a_truncated_picture_is_the_beginning_of_a_whole_one(made: Made) -> None:
    contents = [content for _, content in members(made[0])]
    assert all(content.startswith(b"\xff\xd8\xff") for content in contents)
    cut = [content for content in contents if not content.endswith(b"\xff\xd9")]
    assert len(cut) == made[1].wrong["truncated"]
    assert np.median([len(content) for content in contents]) > 10_000
