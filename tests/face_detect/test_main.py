from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from face_detect.__main__ import main
from face_detect.crop import Pixels


@pytest.fixture
def pictures(tmp_path: Path, samples: Path) -> Path:
    """A folder with two pictures of one and three faces, the second in a folder of its own."""
    folder = tmp_path / "pictures"
    (folder / "more").mkdir(parents=True)
    shutil.copy(samples / "sample2.jpg", folder / "one.jpg")
    shutil.copy(samples / "sample3.jpg", folder / "more/three.jpg")
    return folder


def _run(*arguments: str | Path) -> int:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["face_detect", *map(str, arguments)])
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def _index(out: Path) -> dict[str, Any]:
    document = json.loads((out / "boxes.json").read_text())
    assert isinstance(document, dict)
    return document


def test_every_box_of_a_folder_has_its_crop(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _run(pictures, "--out", out, "--crop-size", "48") == 0
    found = _index(out)["pictures"]
    assert [Path(entry["source"]).name for entry in found] == ["three.jpg", "one.jpg"]
    assert [len(entry["boxes"]) for entry in found] == [3, 1]
    crops = [out / box["crop"] for entry in found for box in entry["boxes"]]
    assert sorted(crops) == sorted(out.glob("crops/*.png"))
    for crop in crops:
        picture = cv2.imread(str(crop))
        assert picture is not None
        assert picture.shape == (48, 48, 3)


def test_the_index_says_how_the_crops_were_made(pictures: Path, tmp_path: Path) -> None:
    _run(pictures / "one.jpg", "--out", tmp_path / "out", "--scale", "1.5", "--shift-x", "-0.1",
         "--shift-y", "0", "--edge", "black", "--size", "320")  # fmt: skip
    index = _index(tmp_path / "out")
    assert index["rule"] == {"scale": 1.5, "shift_x": -0.1, "shift_y": 0, "edge": "black"}
    assert index["detector"] == {"name": "tiny", "size": 320, "threshold": 0.5}
    assert index["crop_size"] == 112


def test_frames_of_a_video_carry_their_times(tmp_path: Path, three_faces: Pixels) -> None:
    clip = _clip(tmp_path / "clip.avi", three_faces, frames=5)
    assert _run(clip, "--out", tmp_path / "out", "--every", "2") == 0
    found = _index(tmp_path / "out")["pictures"]
    assert [(entry["frame"], entry["time_s"]) for entry in found] == [(0, 0), (2, 0.2), (4, 0.4)]
    assert all(len(entry["boxes"]) == 3 for entry in found)


def test_the_haar_cascade_does_the_same_work(tmp_path: Path, three_faces: Pixels) -> None:
    cv2.imwrite(str(tmp_path / "face.png"), three_faces[160:560, 900:1400, ::-1])
    assert _run(tmp_path / "face.png", "--detector", "haar", "--out", tmp_path / "out") == 0
    assert _index(tmp_path / "out")["detector"]["name"] == "haar"
    assert (tmp_path / "out/crops/00000-face-0.png").exists()


def test_an_unreadable_picture_is_told_and_the_rest_goes_on(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pictures / "bad.jpg").write_bytes((pictures / "one.jpg").read_bytes()[:9999])
    assert _run(pictures, "--out", tmp_path / "out") == 0
    index = _index(tmp_path / "out")
    assert len(index["pictures"]) == 2
    assert [failure["reason"] for failure in index["failures"]] == [
        "is damaged or cut short (9999 bytes)"
    ]
    told = capsys.readouterr()
    assert f"skipped {pictures / 'bad.jpg'}: is damaged" in told.err
    assert told.out.startswith("4 faces in 2 pictures and frames, 1 files skipped")


def test_nothing_readable_is_an_error_that_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"hello")
    assert _run(tmp_path / "bad.jpg", "--out", tmp_path / "out") == 2
    assert "bad.jpg: is not a picture that can be read" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.jpg"]


def test_a_second_run_replaces_the_first_and_reads_none_of_its_crops(pictures: Path) -> None:
    out = pictures / "out"
    for _ in range(2):
        assert _run(pictures, "--out", out) == 0
    assert len(_index(out)["pictures"]) == 2


def test_a_folder_of_somebody_else_is_not_replaced(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(pictures, "--out", pictures) == 2
    assert "did not write" in capsys.readouterr().err
    assert (pictures / "one.jpg").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--size", "100"),
        ("--crop-size", "0"),
        ("--every", "0"),
        ("--scale", "nan"),
        ("--weights", "nowhere"),
    ],
)
def test_a_wrong_option_exits_2_and_leaves_nothing(
    pictures: Path, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    assert _run(pictures, "--out", tmp_path / "out", *wrong) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["pictures"]


def test_a_full_disk_exits_3_and_leaves_nothing(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with _largest_file(bytes_=1000):
        assert _run(pictures, "--out", tmp_path / "out") == 3
    assert "cannot be written (File too large)" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["pictures"]


def test_ctrl_c_exits_130_and_leaves_nothing(pictures: Path, tmp_path: Path) -> None:
    for i in range(200):
        (pictures / f"{i}.jpg").symlink_to(pictures / "one.jpg")
    command = [sys.executable, "-m", "face_detect", str(pictures), "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not list(tmp_path.glob(".out.*/new/crops/*")):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert told == b"interrupted; nothing was left half-written\n"
    assert [path.name for path in tmp_path.iterdir()] == ["pictures"]


def _clip(path: Path, rgb: Pixels, frames: int) -> Path:
    small = cv2.resize(np.ascontiguousarray(rgb[..., ::-1]), (640, 450))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (640, 450))
    for _ in range(frames):
        writer.write(small)
    writer.release()
    return path


@contextmanager
def _largest_file(bytes_: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
