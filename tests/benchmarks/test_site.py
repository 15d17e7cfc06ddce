import json
from pathlib import Path

import pytest

from benchmarks.site import read_site
from face_detect.command import InputError
from train.contract import FER_LABELS, Contract, Head, Input


def build_site(folder: Path) -> Path:
    for name in ("first", "second"):
        contract = Contract(
            name=name,
            net="efficientnet-b0",
            heads=(Head(name="emotion", labels=FER_LABELS),),
            input=Input(size=64),
        )
        contract.write(folder / f"{name}.json")
    models = [
        {"name": name, "variant": "u8", "contract": f"{name}.json", "graph": f"{name}/model.json"}
        for name in ("first", "second")
    ]
    manifest = {"models": models, "default": "second", "detector": {"graph": "d/model.json"}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_the_default_model_is_the_one_measured(tmp_path: Path) -> None:
    site = read_site(build_site(tmp_path))
    assert (site.contract.name, site.classifier) == ("second", "second/model.json")
    assert site.detector == "d/model.json"


def test_a_folder_without_a_site_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"manifest\.json: is missing; .* make export"):
        read_site(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"models": [], "default": "x"}'])
def test_a_file_that_is_no_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputError, match="is not a manifest"):
        read_site(tmp_path)
