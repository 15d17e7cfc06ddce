from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import numpy as np
import pytest

from face_detect.command import MachineError
from train.contract import Contract
from train.crops import NO_FACE, UNREADABLE, crops_of
from train.data import open_dataset
from train.data.record import Record
from train.inputs import channels_of
from train.prepare.local_engine import LocalEngine
from train.store import stored_crops as module
from train.store.block import BlockTask
from train.store.stored_crops import StoredCrops, stored_crops

ALONE = LocalEngine(workers=1)


@pytest.fixture
def records(dataset: Path) -> tuple[Record, ...]:
    return open_dataset(dataset, "train").records


def stored(records: tuple[Record, ...], contract: Contract, store: Path) -> StoredCrops:
    return stored_crops(records, contract, store, framing="crop", engine=ALONE)


def never_read() -> bytes:
    raise AssertionError("read again")


def not_there() -> bytes:
    raise OSError(5, "Input/output error")


def test_what_is_stored_is_what_is_cut_in_memory(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path
) -> None:
    cut = channels_of(crops_of(records, contract, framing="crop").pixels, contract.input)
    assert np.array_equal(stored(records, contract, tmp_path).pixels, cut)


def test_a_picture_whose_mark_is_known_is_not_read_again(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path
) -> None:
    marked = tuple(dataclasses.replace(each, mark=each.name) for each in records)
    first = np.asarray(stored(marked, contract, tmp_path).pixels)
    unread = tuple(dataclasses.replace(each, read=never_read) for each in reversed(marked))
    assert np.array_equal(stored(unread, contract, tmp_path).pixels, first[::-1])


def test_another_crop_of_the_same_pictures_is_not_taken_for_this_one(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path
) -> None:
    stored(records, contract, tmp_path)
    larger = dataclasses.replace(contract, input=dataclasses.replace(contract.input, size=24))
    assert stored(records, larger, tmp_path).pixels.shape[1] == 24


def test_interrupted_it_keeps_the_blocks_that_were_finished(
    contract: Contract,
    records: tuple[Record, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BLOCK", 8)

    def interrupt(done: int, total: int) -> None:
        if done == 16:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stored_crops(records, contract, tmp_path, framing="crop", engine=ALONE, on_step=interrupt)
    left: list[int] = []
    found = stored_crops(
        records,
        contract,
        tmp_path,
        framing="crop",
        engine=ALONE,
        on_step=lambda done, total: left.append(total),
    )
    assert set(left) == {len(records) - 16}
    assert len(found.pixels) == len(records)


def test_a_face_that_was_not_found_is_told_each_time_and_looked_for_once(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path
) -> None:
    grey = tuple(dataclasses.replace(each, framing="photo", mark=each.name) for each in records[:3])
    some = (*grey, *records[3:])
    first = stored(some, contract, tmp_path)
    unread = tuple(dataclasses.replace(each, read=never_read) for each in grey)
    again = stored((*unread, *records[3:]), contract, tmp_path)
    assert [problem.kind for problem in first.problems] == [NO_FACE] * 3
    assert again.problems == first.problems
    assert again.found.tolist() == [False] * 3 + [True] * (len(records) - 3)


def test_a_picture_that_could_not_be_read_is_tried_again(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path
) -> None:
    marked = tuple(dataclasses.replace(each, mark=each.name) for each in records)
    away = dataclasses.replace(marked[0], read=not_there)
    first = stored((away, *marked[1:]), contract, tmp_path)
    again = stored(marked, contract, tmp_path)
    assert [problem.kind for problem in first.problems] == [UNREADABLE]
    assert again.found.all()
    assert again.problems == ()


# Of the marks the second block has its name, which is before the first's or behind it.
@pytest.mark.parametrize("other", ["a", "b", "c", "d"])
def test_a_picture_that_was_read_later_is_told_by_what_was_found_then(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path, other: str
) -> None:
    grey = dataclasses.replace(records[0], framing="photo", mark="grey")
    stored((dataclasses.replace(grey, read=not_there),), contract, tmp_path)
    found = stored((grey, dataclasses.replace(grey, mark=other)), contract, tmp_path)
    assert [problem.kind for problem in found.problems] == [NO_FACE] * 2


@pytest.mark.parametrize("ending", [".npy", ".json"])
def test_a_block_that_was_damaged_is_cut_again(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path, ending: str
) -> None:
    first = np.asarray(stored(records, contract, tmp_path).pixels)
    (path,) = tmp_path.rglob(f"*{ending}")
    path.write_bytes(path.read_bytes()[:100])
    assert np.array_equal(stored(records, contract, tmp_path).pixels, first)


def test_a_disk_that_is_full_leaves_nothing_half_written(
    contract: Contract,
    records: tuple[Record, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(stream: object, pixels: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(MachineError, match=r"cannot be written \(No space left"):
        stored(records, contract, tmp_path / "store")
    assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()]


def test_what_a_kill_left_is_swept_and_what_is_being_written_stays(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path
) -> None:
    stored(records, contract, tmp_path)
    (pixels,) = tmp_path.rglob("*.npy")
    left, written = (pixels.with_name(f".{pixels.name}.{name}") for name in ("left", "written"))
    for path in (left, written):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    stored(records, contract, tmp_path)
    assert (left.exists(), written.exists()) == (False, True)


def test_a_task_says_which_pictures_it_is_of(
    contract: Contract, records: tuple[Record, ...], tmp_path: Path
) -> None:
    marks = tuple(each.name for each in records)
    task = BlockTask(
        records=records, marks=marks, contract=contract, framing="crop", folder=tmp_path
    )
    assert str(task) == f"{records[0].name} to {records[-1].name}"
