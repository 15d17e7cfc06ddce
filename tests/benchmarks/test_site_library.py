import json
from pathlib import Path

import pytest

from benchmarks.site_library import library_of, model_names, on_site
from face_detect.command import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/facecast-abc.js").touch()
    models = [{"name": "large"}, {"name": "small"}]
    (tmp_path / "manifest.json").write_text(json.dumps({"models": models, "default": "small"}))
    return tmp_path


def test_the_default_model_comes_first(folder: Path) -> None:
    assert model_names(folder) == ["small", "large"]


def test_a_page_is_told_to_classify_every_frame(folder: Path) -> None:
    told = on_site(folder, "small")
    assert told["library"] == "/site/assets/facecast-abc.js"
    assert told["following"]["reuse"] is False


def test_a_site_without_a_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no library"):
        library_of(tmp_path)
