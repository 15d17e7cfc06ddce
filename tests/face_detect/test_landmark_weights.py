from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from face_detect.command import InputError
from face_detect.landmark_weights import MANIFEST, VALUES, read_landmark_weights
from face_detect.tiny_weights import DEFAULT_WEIGHTS


def test_the_published_net_has_77224_values() -> None:
    assert sum(tensor.size for tensor in read_landmark_weights(DEFAULT_WEIGHTS).values()) == 77_224


@pytest.mark.parametrize("name", [MANIFEST, VALUES])
def test_a_missing_file_is_named_with_the_command_that_fetches_it(
    tmp_path: Path, name: str
) -> None:
    for file in {MANIFEST, VALUES} - {name}:
        shutil.copy(DEFAULT_WEIGHTS / file, tmp_path)
    with pytest.raises(InputError, match=f"{name}: is missing; run `make setup`"):
        read_landmark_weights(tmp_path)


def test_the_manifest_of_another_net_is_refused(tmp_path: Path) -> None:
    shutil.copy(
        DEFAULT_WEIGHTS / "tiny_face_detector_model-weights_manifest.json", tmp_path / MANIFEST
    )
    with pytest.raises(InputError, match=f"{MANIFEST}: does not describe the tiny landmark net"):
        read_landmark_weights(tmp_path)
