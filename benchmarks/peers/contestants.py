"""Who takes part: each with its page and what that page is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.names import ours
from benchmarks.peers.names import FACE_API, HUMAN, LITERT, ORT
from benchmarks.peers.nets import Net
from benchmarks.site_library import model_names, on_site

SIZE = 416
DETECT = f"detect {SIZE}"
"""The detector alone, from the whole frame to its boxes."""
SKIPPING = "skipping"
"""The classifier rests while a face does not change. In a film that moves none would ever be the
same, so it is shown one that rests: its figures are of the same turns, and not the same frames."""


@dataclass(frozen=True, kw_only=True)
class Contestant:
    """`options` are what the page's `open` takes."""

    name: str
    page: str
    options: dict[str, Any]

    def to_json(self) -> dict[str, object]:
        return {"name": self.name, "page": self.page, "options": self.options}


def on_frames(site: Path, only: Collection[str]) -> list[Contestant]:
    """Those that read a film; ours always, the others if they are named."""
    return [*_ours(site), *_face_api(only), *_human(only)]


def on_tensors(net: Net, only: Collection[str]) -> list[Contestant]:
    """Those that run one net on inputs in memory."""
    shared = {"inputs": net.inputs, "shape": list(net.shape)}
    planar = {"inputs": net.planar_inputs, "shape": list(net.planar_shape)}
    core = {"base": "/site/", "model": net.model, "graph": net.graph, **shared}
    found = [Contestant(name=ours(net.model), page="core.html", options=core)]
    if ORT in only:
        options = {"wasm": "/ort/", "net": net.onnx, **planar}
        found.append(Contestant(name=ORT, page="ort.html", options=options))
    if LITERT in only:
        options = {"wasm": "/litert/", "net": net.tflite, **shared}
        found.append(Contestant(name=LITERT, page="litert.html", options=options))
    return found


def _ours(site: Path) -> Iterator[Contestant]:
    for model in model_names(site):
        for name, reuse in ((ours(model), False), (f"{ours(model)} {SKIPPING}", True)):
            yield Contestant(name=name, page="ours.html", options=on_site(site, model, reuse))
    core = {"base": "/site/", "model": None, "size": SIZE}
    yield Contestant(name=f"ours {DETECT}", page="core.html", options=core)


def _face_api(only: Collection[str]) -> Iterator[Contestant]:
    options = {"weights": "/face-api/", "wasm": "/tfjs/", "size": SIZE}
    for name, expressions in ((FACE_API, True), (f"{FACE_API} {DETECT}", False)):
        if FACE_API in only:
            told = {**options, "expressions": expressions}
            yield Contestant(name=name, page="face_api.html", options=told)


def _human(only: Collection[str]) -> Iterator[Contestant]:
    if HUMAN in only:
        options = {"models": "/human/", "wasm": "/tfjs/"}
        yield Contestant(name=HUMAN, page="human.html", options=options)
