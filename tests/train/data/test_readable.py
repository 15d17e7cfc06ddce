from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.train.data.conftest import MakeJpeg, Pack
from train.data import open_dataset
from train.data.readable import readable


@pytest.mark.parametrize("place", ["made", "made.zip"])
def test_each_unreadable_picture_is_reported_and_the_others_stay(
    tmp_path: Path,
    jpeg: MakeJpeg,
    pack: Pack,
    place: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    files = {
        "happy/cut.jpg": jpeg()[:-300],
        "happy/empty.jpg": b"",
        "happy/text.jpg": b"not a picture",
        "happy/whole.jpg": jpeg(),
        "sad/whole.jpg": jpeg(1),
    }
    steps: list[tuple[int, int]] = []
    dataset = readable(
        open_dataset(pack(tmp_path / place, files)), lambda done, total: steps.append((done, total))
    )
    assert [record.name for record in dataset.records] == ["happy/whole.jpg", "sad/whole.jpg"]
    assert {problem.name: problem.kind for problem in dataset.problems} == {
        "happy/cut.jpg": "is damaged or cut short",
        "happy/empty.jpg": "is empty",
        "happy/text.jpg": "is not a picture that can be read",
    }
    assert steps == [(done, 5) for done in range(1, 6)]
    assert capfd.readouterr() == ("", "")


def test_a_picture_too_large_to_decode_is_reported(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    large = b"P5 20000 20000 255\n"
    files = {"happy/0.pgm": large, "sad/0.jpg": jpeg()}
    (problem,) = readable(open_dataset(pack(tmp_path / "made", files))).problems
    assert (problem.name, problem.kind) == ("happy/0.pgm", "is too large")


@pytest.mark.parametrize("kept", [1, 2, 40, 400])
def test_a_jpeg_is_cut_short_wherever_it_ends(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, kept: int
) -> None:
    files = {"happy/cut.jpg": jpeg()[:-kept], "happy/whole.jpg": jpeg()}
    assert len(readable(open_dataset(pack(tmp_path / "made", files))).problems) == 1


def test_a_file_that_has_gone_is_reported(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    dataset = open_dataset(pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "happy/1.jpg": jpeg()}))
    (tmp_path / "made" / "happy" / "0.jpg").unlink()
    (problem,) = readable(dataset).problems
    assert (problem.name, problem.kind) == ("happy/0.jpg", "cannot be read")
    assert problem.detail == "No such file or directory"


def test_a_member_that_does_not_unpack_is_reported(
    tmp_path: Path, pack: Pack, capfd: pytest.CaptureFixture[str]
) -> None:
    bmp = cv2.imencode(".bmp", np.zeros((48, 48), np.uint8))[1].tobytes()
    data = pack(tmp_path / "made.zip", {"happy/0.bmp": bmp, "happy/1.bmp": bmp})
    content = bytearray(data.read_bytes())
    content[50] ^= 255
    data.write_bytes(content)
    (problem,) = readable(open_dataset(data)).problems
    assert (problem.name, problem.kind) == ("happy/0.bmp", "cannot be unpacked")
    assert capfd.readouterr() == ("", "")
