"""The page that ours is compared with: face-api's detector and expressions on a camera."""

from __future__ import annotations

import shutil
from pathlib import Path

from export.compress import compress

PAGE = "load_face_api.html"
_NETS = ("tiny_face_detector_model", "face_expression_model")
_WASM = Path("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm")
_MODEL = Path("@vladmandic/face-api/model")


def face_api_page(harness: Path, modules: Path, folder: Path) -> Path:
    """Put it together and pack it: the built page, the weights of its package, TF.js' own WASM."""
    folder.mkdir()
    shutil.copyfile(harness / PAGE, folder / "index.html")
    shutil.copytree(harness / "assets", folder / "assets")
    (folder / "model").mkdir()
    for net in _NETS:
        for name in (f"{net}-weights_manifest.json", f"{net}.bin"):
            shutil.copyfile(modules / _MODEL / name, folder / "model" / name)
    (folder / "wasm").mkdir()
    shutil.copyfile(modules / _WASM, folder / "wasm" / _WASM.name)
    compress(path for path in folder.rglob("*") if path.is_file())
    return folder
