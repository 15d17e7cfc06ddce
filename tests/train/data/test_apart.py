from __future__ import annotations

import cv2
import numpy as np

from train.data.apart import apart
from train.data.record import Record


def made(number: int, subject: str | None = None) -> Record:
    picture = np.random.default_rng(number).integers(0, 256, (32, 32), dtype=np.uint8)
    content = cv2.imencode(".png", picture)[1].tobytes()
    return Record(
        name=str(number), labels={"emotion": "sad"}, read=lambda: content, subject=subject
    )


def test_people_and_copies_are_taken_out_and_counted() -> None:
    learning = [made(0, "ann"), made(1, "ann"), made(2, "ben"), made(3), made(4)]
    found = apart(learning, [made(9, "ann"), made(4)])
    assert [record.name for record in found.kept] == ["2", "3"]
    assert (found.named, found.people, found.of_people) == (3, 1, 2)
    assert (found.copies, found.exact) == (1, 1)


def test_nobody_known_is_nobody_shared() -> None:
    found = apart([made(0), made(1)], [made(2)])
    assert (found.named, found.people, len(found.kept)) == (0, 0, 2)
