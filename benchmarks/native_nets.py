"""The site's nets, each with its weights as they were trained and one frame's input."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from torch import nn

from benchmarks.names import figure_name
from benchmarks.samples import MODULES
from benchmarks.site import Site
from export.runners import Tensor
from face_detect.command import InputError
from face_detect.letterbox import letterbox
from face_detect.media import read_picture
from face_detect.tiny import TinyFaceNet
from train.checkpoint import load
from train.inputs import normalise, whole

DETECTOR_SIZE = 416


@dataclass(frozen=True, kw_only=True)
class Net:
    """One net in every form."""

    name: str
    """Fit for a figure's name."""
    torch: nn.Module
    layout: str
    """Of the torch net's input; the graph's is NHWC."""
    graph: str
    """A path inside the site."""
    site: Path
    nhwc: Tensor


def native_nets(site: Site, models: Path, picture: Path) -> list[Net]:
    """The detector and each classifier whose weights lie in `models`."""
    frame = read_picture(picture)
    square = letterbox(frame, DETECTOR_SIZE).square[None].astype(np.float32)
    weights = MODULES / "@vladmandic/face-api/model"
    found = [
        Net(
            name=f"detect_{DETECTOR_SIZE}",
            torch=TinyFaceNet.read(weights).eval(),
            layout="nchw",
            graph=site.detector,
            site=site.folder,
            nhwc=square,
        )
    ]
    manifest = json.loads((site.folder / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["models"]:
        folder = models / entry["name"]
        if not folder.is_dir():
            raise InputError(f"{folder}: is missing, and the site has its model; name its folder")
        net, contract = load(folder)
        spec = contract.input
        found.append(
            Net(
                name=f"classify_{figure_name(entry['name'])}",
                torch=net.eval(),
                layout=spec.layout,
                graph=entry["graph"],
                site=site.folder,
                nhwc=normalise(whole(frame, spec.size)[None], spec),
            )
        )
    return found
