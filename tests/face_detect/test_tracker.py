"""The facts of web/src/core/tracker.test.ts, in Python."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from face_detect.box import Box
from face_detect.crop import Pixels, Rect
from face_detect.second_look import SecondLook
from face_detect.tracker import Track, Tracker

LOOK = SecondLook()
FACE = Box(x=100, y=80, width=40, height=50, score=0.9)
OTHER = Box(x=300, y=80, width=60, height=60, score=0.99)
SQUARE = Rect(x=70, y=55, side=100)
FRAME = np.zeros((4, 4, 3), np.uint8)


@dataclass
class Scene:
    """What the whole frame shows; a nearer look shows the faces that are really there."""

    seen: list[Box] = field(default_factory=list)
    real: list[Box] = field(default_factory=list)
    looks: list[Rect | str] = field(default_factory=list)

    def show(self, seen: list[Box], real: list[Box] | None = None) -> None:
        self.seen, self.real, self.looks = seen, seen if real is None else real, []

    def whole(self, rgb: Pixels) -> list[Box]:
        self.looks.append("whole")
        return self.seen

    def near(self, rgb: Pixels, rect: Rect) -> list[Box]:
        self.looks.append(rect)
        square = Box(x=rect.x, y=rect.y, width=rect.side, height=rect.side)
        return [box for box in self.real if square.iou(box) > 0]


@dataclass
class Watch:
    scene: Scene
    tracker: Tracker

    def follow(self, now_ms: float, seen: list[Box], real: list[Box] | None = None) -> Track | None:
        self.scene.show(seen, real)
        return self.tracker.follow(FRAME, now_ms)


@pytest.fixture
def watch() -> Watch:
    scene = Scene()
    return Watch(scene, Tracker(whole=scene.whole, near=scene.near, look=LOOK))


@pytest.fixture
def following(watch: Watch) -> Watch:
    watch.follow(0, [FACE])
    return watch


def test_it_starts_with_the_whole_frame_and_looks_again_at_what_it_found(watch: Watch) -> None:
    assert watch.follow(0, [FACE]) == Track(box=FACE, fresh=True)
    assert watch.scene.looks == ["whole", SQUARE]


def test_then_it_looks_at_twice_the_faces_longer_side(following: Watch) -> None:
    assert following.follow(33, [FACE]) == Track(box=FACE, fresh=False)
    assert following.scene.looks == [SQUARE]


@pytest.mark.parametrize(("now_ms", "whole"), [(999, False), (1000, True)])
def test_after_a_second_it_looks_at_the_whole_frame_again(
    following: Watch, now_ms: float, whole: bool
) -> None:
    following.follow(now_ms, [FACE])
    assert ("whole" in following.scene.looks) == whole


def test_a_clock_that_goes_back_calls_for_the_whole_frame(following: Watch) -> None:
    following.follow(-5, [FACE])
    assert "whole" in following.scene.looks


@pytest.mark.parametrize("seen", [[], [OTHER]])
def test_a_face_that_only_the_nearer_look_shows_is_not_let_go(
    following: Watch, seen: list[Box]
) -> None:
    found = following.follow(1000, seen, [OTHER, FACE])
    assert found == Track(box=FACE, fresh=False)


def test_a_lost_face_is_looked_for_in_the_whole_frame_and_then_there_is_none(
    following: Watch,
) -> None:
    assert following.follow(33, []) is None
    following.follow(66, [])
    assert following.scene.looks == ["whole"]


def test_it_stays_with_its_face_when_a_more_certain_one_appears(following: Watch) -> None:
    found = following.follow(1000, [OTHER, replace(FACE, x=104)])
    assert found is not None
    assert not found.fresh
    assert found.box.x < 105


def test_of_several_faces_only_the_one_that_is_followed_gets_a_second_look(
    following: Watch,
) -> None:
    following.follow(1000, [OTHER, FACE])
    assert following.scene.looks == ["whole", SQUARE]


def test_another_face_is_a_fresh_one_and_not_blended_with_the_last(following: Watch) -> None:
    assert following.follow(1000, [OTHER]) == Track(box=OTHER, fresh=True)


def test_the_box_is_eased_over_60_ms(following: Watch) -> None:
    found = following.follow(60, [replace(FACE, x=104)])
    assert found is not None
    assert found.box.x == pytest.approx(100 + 4 * (1 - np.exp(-1)))


def test_of_several_faces_it_begins_with_the_most_certain(watch: Watch) -> None:
    found = watch.follow(0, [OTHER, FACE])
    assert found is not None
    assert found.box == OTHER


def test_a_face_that_the_second_look_takes_back_is_passed_over_for_the_next(watch: Watch) -> None:
    beside = replace(FACE, x=140, y=110)
    found = watch.follow(0, [beside, OTHER], [FACE, OTHER])
    assert found is not None
    assert found.box == OTHER


def test_a_reset_forgets_the_face(following: Watch) -> None:
    following.tracker.reset()
    assert following.follow(33, []) is None
    assert following.scene.looks == ["whole"]
