from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from face_detect.command import InputError
from tests.train.prepare.conftest import SMALL, crops, photos, run
from train.contract import Contract
from train.crops import crops_of
from train.data.check_shards import check_shards
from train.data.open_dataset import open_dataset
from train.data.readable import readable
from train.data.shard_index import INDEX
from train.prepare.prepare import Prepared

__all__ = ["crops", "photos", "run"]
OPTIONS = dataclasses.replace(SMALL, valid=0, test=0)


@pytest.fixture
def shards(photos: Path, run: object, tmp_path: Path) -> Path:
    assert callable(run)
    prepared = run(photos, options=OPTIONS)
    assert isinstance(prepared, Prepared)
    return tmp_path / "out"


def tar_of(shards: Path) -> Path:
    (tar,) = shards.glob("*.tar")
    return tar


def test_a_folder_of_shards_is_known_and_has_the_datasets_own_names_and_labels(
    shards: Path, photos: Path
) -> None:
    found, original = open_dataset(shards), open_dataset(photos)
    labels = {record.name: record.labels for record in original.records}
    assert (found.format, found.framing, found.problems) == ("shards", "cutout", ())
    assert {record.name: record.labels for record in found.records} == {
        name: labels[name]
        for name in ("happy/one.jpg", "happy/three.jpg", "happy/turned.jpg", "sad/one.png")
    }


def test_a_shards_crop_is_the_photos(shards: Path, photos: Path, contract: Contract) -> None:
    """But for a second JPEG and a second resize; a crop that is 2% tighter is 3.5 to 7 apart."""
    original = {record.name: record for record in open_dataset(photos).records}
    dataset = open_dataset(shards)
    ours = crops_of(dataset, contract, size=64)
    theirs = crops_of(
        [original[r.name] for r in dataset.records], contract, framing="photo", size=64
    )
    assert ours.found.all()
    difference = np.abs(ours.pixels.astype(int) - theirs.pixels).mean((1, 2, 3))
    assert difference.max() < 2
    assert np.allclose(ours.face_px, theirs.face_px, rtol=0.03)


def test_no_detector_looks_at_a_shards_faces(shards: Path, contract: Contract) -> None:
    class Blind:
        name = "blind"

        def detect(self, rgb: object) -> list[object]:
            raise AssertionError("was asked")

    blind: object = Blind()
    found = crops_of(open_dataset(shards), contract, detector=blind)  # type: ignore[arg-type]
    assert found.found.all()


def test_a_shard_that_is_missing_is_named(shards: Path) -> None:
    tar_of(shards).unlink()
    with pytest.raises(InputError, match=r"faces-00000-.*\.tar: is missing; index.json names it"):
        open_dataset(shards)


def test_a_shard_that_is_cut_short_is_named_with_both_sizes(shards: Path) -> None:
    tar = tar_of(shards)
    content = tar.read_bytes()
    tar.write_bytes(content[:-1])
    with pytest.raises(
        InputError, match=f"is damaged: {len(content) - 1} bytes, where index.json says"
    ):
        open_dataset(shards)


def test_a_face_that_is_damaged_is_left_out_with_its_place(shards: Path) -> None:
    tar = tar_of(shards)
    content = bytearray(tar.read_bytes())
    content[700] ^= 1
    tar.write_bytes(content)
    dataset = readable(open_dataset(shards))
    (problem,) = dataset.problems
    assert problem.kind == "cannot be unpacked"
    assert problem.detail == f"{tar.name} is damaged at byte 512"


def test_a_check_reads_every_byte(shards: Path) -> None:
    assert check_shards(shards).samples == 4
    tar = tar_of(shards)
    content = bytearray(tar.read_bytes())
    content[-1] ^= 1
    tar.write_bytes(content)
    open_dataset(shards)
    with pytest.raises(InputError, match=r"\.tar: is damaged: its SHA-256 is"):
        check_shards(shards)


def test_a_list_that_was_changed_is_refused(shards: Path) -> None:
    (listing,) = shards.glob("*.jsonl")
    listing.write_bytes(listing.read_bytes().replace(b'"happy"', b'"sappy"'))
    with pytest.raises(InputError, match=r"\.jsonl: is damaged: its SHA-256 is not the one in"):
        open_dataset(shards)


def test_shards_that_are_not_finished_are_refused(shards: Path) -> None:
    (shards / INDEX).unlink()
    (shards / ".unfinished").mkdir()
    with pytest.raises(InputError, match="is not prepared to its end; give the same command again"):
        open_dataset(shards)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [({"version": 2}, "is of version 2, not 1"), ({"shards": [{}]}, "is damaged")],
)
def test_an_index_that_cannot_be_read_is_named(
    shards: Path, change: dict[str, object], complaint: str
) -> None:
    path = shards / INDEX
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(InputError, match=rf"index\.json: {complaint}"):
        open_dataset(shards)
