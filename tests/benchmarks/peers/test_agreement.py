from benchmarks.outcome import Outcome
from benchmarks.peers.agreement import agreements, outputs_apart
from benchmarks.shots import Shot
from face_detect.box import Box

SHOT = Shot(part="near", picture="near.png", x=0, y=0, width=640, height=480)


def outcome(x: float | None, label: str | None = None) -> Outcome:
    box = None if x is None else Box(x=x, y=0, width=10, height=10)
    return Outcome(ms=1, box=box, label=label)


def test_boxes_and_classes_are_compared_where_both_found_the_face() -> None:
    mine = [outcome(0, "fear"), outcome(0, "happy"), outcome(None)]
    theirs = [outcome(0, "fearful"), outcome(5, "sad"), outcome(0, "sad")]
    told = agreements([SHOT] * 3, {"ours": mine, "theirs": theirs})
    assert told == {
        "ours and theirs": {
            "frames": 2,
            "iou_median": (1 + 1 / 3) / 2,
            "iou_90_share": 0.5,
            "same_class_share": 0.5,
        }
    }


def test_who_never_found_it_agrees_with_nobody() -> None:
    assert agreements([SHOT], {"ours": [outcome(0)], "theirs": [outcome(None)]}) == {}


def test_outputs_are_apart_by_their_furthest_value() -> None:
    one, other = (Outcome(ms=1, values=values) for values in ((1.0, -4.0), (1.0, -4.4)))
    assert round(outputs_apart([one], [other]), 6) == 0.1
