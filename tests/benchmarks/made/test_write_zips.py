from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from benchmarks.made.plan import LEAST, plan
from benchmarks.made.write_zips import Zips


def test_ctrl_c_in_the_middle_of_a_picture_stays_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half: list[object] = []

    def interrupted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> None:
        half.append(archive.open(info, "w"))
        raise KeyboardInterrupt

    monkeypatch.setattr(zipfile.ZipFile, "writestr", interrupted)
    planned = next(plan(LEAST, 0, 0.0, range(LEAST)))
    with pytest.raises(KeyboardInterrupt), Zips(tmp_path, "1") as zips:
        zips.add_picture(planned, b"picture")
