from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest

from face_detect.box import Box
from face_detect.crop import CropRule, Pixels, crop
from face_detect.media import read_picture
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.contract import Contract, Crop
from train.crops import NO_FACE, UNREADABLE, crops_of, detector_of, face_crop, resolve_framing
from train.data.dataset import Dataset
from train.data.record import Record
from train.inputs import whole

PHOTO = DEFAULT_WEIGHTS.parent / "demo" / "sample1.jpg"
LEFT, RIGHT = Box(x=10, y=20, width=40, height=50), Box(x=120, y=20, width=60, height=70)


class Finds:
    """A detector that sees the same boxes everywhere."""

    name = "fixed"

    def __init__(self, *boxes: Box) -> None:
        self.boxes = list(boxes)

    def detect(self, rgb: Pixels) -> list[Box]:
        return self.boxes


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def record_of(picture: Pixels, box: Box | None = None) -> Record:
    content = cv2.imencode(".png", picture[..., ::-1])[1].tobytes()
    return Record(name="made.png", labels={}, read=lambda: content, box=box)


def photo() -> Record:
    return Record(name=PHOTO.name, labels={}, read=PHOTO.read_bytes)


def test_a_photos_crop_has_the_bytes_of_the_path_that_is_compared_with_the_browser(
    contract: Contract,
) -> None:
    """`tests/web/test_photo.py` holds the page to these very steps."""
    look = contract.crop.second_look
    box = TinyDetector(DEFAULT_WEIGHTS, second_look=look).detect(read_picture(PHOTO))[0]
    expected = crop(read_picture(PHOTO), box, contract.crop.rule, contract.input.size)
    assert np.array_equal(crops_of([photo()], contract, framing="photo").pixels[0], expected)


def test_the_detector_is_the_contracts(contract: Contract) -> None:
    own = Crop(detector_size=224, second_look=SecondLook(size=128))
    detector = detector_of(dataclasses.replace(contract, crop=own))
    assert isinstance(detector, TinyDetector)
    assert (detector.size, detector.second_look) == (224, SecondLook(size=128))


def test_a_ready_crop_takes_the_browsers_resize_and_no_detector(contract: Contract) -> None:
    picture = noise(60, 90)
    found = crops_of([record_of(picture)], contract, framing="crop", detector=Finds())
    assert np.array_equal(found.pixels[0], whole(picture, contract.input.size))
    assert found.face_px.tolist() == [60]


@pytest.mark.parametrize(
    ("side", "way"), [(75, cv2.INTER_LINEAR), (45, cv2.INTER_AREA), (45, cv2.INTER_CUBIC)]
)
def test_a_resize_that_only_training_did_would_be_seen(
    contract: Contract, side: int, way: int
) -> None:
    picture, size = noise(side, side), contract.input.size
    found = crops_of([record_of(picture)], contract, framing="crop").pixels[0]
    other = cv2.resize(picture, (size, size), interpolation=way).astype(int)
    assert np.abs(other - found).max() > 1


def test_the_contracts_rule_frames_the_face(contract: Contract) -> None:
    picture, rule = noise(100, 200), CropRule(scale=1.5, shift_x=0.1, shift_y=0.2, edge="black")
    own = dataclasses.replace(contract, crop=Crop(rule=rule))
    found = crops_of([record_of(picture)], own, framing="photo", detector=Finds(LEFT))
    assert np.array_equal(found.pixels[0], crop(picture, LEFT, rule, contract.input.size))


def test_of_several_faces_the_most_certain_is_taken(contract: Contract) -> None:
    face = face_crop(
        record_of(noise(100, 200)), contract, framing="photo", detector=Finds(RIGHT, LEFT)
    )
    assert face is not None
    assert face.face_px == RIGHT.height


def test_of_several_faces_the_one_that_the_dataset_means_is_taken(contract: Contract) -> None:
    record = record_of(noise(100, 200), box=dataclasses.replace(LEFT, x=14))
    face = face_crop(record, contract, framing="photo", detector=Finds(RIGHT, LEFT))
    assert face is not None
    assert face.face_px == LEFT.height


def test_another_face_than_the_datasets_is_a_miss(contract: Contract) -> None:
    record = record_of(noise(100, 200), box=LEFT)
    assert face_crop(record, contract, framing="photo", detector=Finds(RIGHT)) is None


def test_a_miss_keeps_its_row(contract: Contract) -> None:
    seen, unseen = record_of(noise(100, 200)), record_of(noise(100, 200), box=RIGHT)
    found = crops_of([unseen, seen], contract, framing="photo", detector=Finds(LEFT))
    assert found.found.tolist() == [False, True]
    assert not found.pixels[0].any()
    assert [problem.kind for problem in found.problems] == [NO_FACE]


def test_an_unreadable_picture_keeps_its_row_and_is_named(contract: Contract) -> None:
    broken = Record(name="broken.jpg", labels={}, read=lambda: b"no picture")
    found = crops_of([broken, record_of(noise(9, 9))], contract, framing="crop")
    assert found.found.tolist() == [False, True]
    assert [(p.name, p.kind) for p in found.problems] == [("broken.jpg", UNREADABLE)]
    assert "is not a picture" in found.problems[0].detail


def test_auto_is_the_datasets_own_framing(contract: Contract) -> None:
    dataset = Dataset(
        name="made", format="folder", framing="photo", records=(record_of(noise(9, 9)),)
    )
    found = crops_of(dataset, contract, detector=Finds())
    assert [problem.kind for problem in found.problems] == [NO_FACE]


def test_bare_records_cannot_say_what_auto_means() -> None:
    with pytest.raises(ValueError, match="give the Dataset"):
        resolve_framing("auto", [], Crop())


def test_every_record_is_told_of(contract: Contract) -> None:
    seen: list[tuple[int, int]] = []
    crops_of(
        [record_of(noise(9, 9))] * 2,
        contract,
        framing="crop",
        on_step=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 2), (2, 2)]


def test_no_records_give_no_crops(contract: Contract) -> None:
    assert len(crops_of([], contract, framing="crop")) == 0
