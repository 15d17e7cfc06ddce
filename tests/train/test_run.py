from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from train.fit import FitOptions
from train.run import run


def test_a_dataset_without_a_test_part_is_refused(dataset: Path, tmp_path: Path) -> None:
    for label in ("happy", "sad"):
        (tmp_path / "flat" / label).mkdir(parents=True)
        (tmp_path / "flat" / label / "one.png").touch()
    with pytest.raises(InputError, match="nothing would be held out"):
        run(
            tmp_path / "flat",
            "made",
            net="efficientnet-b0",
            size=32,
            channels="grey",
            options=FitOptions(),
            on_epoch=lambda epoch: None,
            on_step=lambda done, total: None,
            record_folder=tmp_path / "run",
        )
