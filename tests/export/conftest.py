"""What several tests of the export share: one browser, one page, one small model."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from torch import nn

from export.browser import Browser
from export.convert import Converted, convert
from export.crops import parity_crops
from export.graph import Graph
from export.options import Options
from export.parity import ParitySet, Prover
from export.pipeline import export
from export.prove import ask
from export.source import TorchSource
from export.stages import Clock
from face_detect.crop import Pixels
from face_detect.tiny import TinyDetector
from tests.stand_ins import StandIns
from train.contract import FER_LABELS, Contract, Head, Input

FACE_API = Path("web/node_modules/@vladmandic/face-api")

_PAGE = """<!doctype html><link rel=icon href="data:,"><script>
window.facecast = {
  echo: async (value) => value,
  fail: async () => { throw new Error("no such thing"); },
  hang: () => new Promise(() => {}),
  say: async (text) => console.warn(text),
  ask: async (url) => { await fetch(url).catch(() => {}); },
};
</script>"""


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text(_PAGE)
    return folder


@pytest.fixture(scope="session")
def plain_browser(page: Path) -> Iterator[Browser]:
    """A browser on a page that only echoes."""
    with Browser(mounts={"/harness": page}) as browser:
        yield browser


@dataclass(frozen=True, kw_only=True)
class Small:
    """A small net all the way to its f32 graph, with a prover in a real browser."""

    source: TorchSource
    converted: Converted
    known: ParitySet
    prover: Prover

    @property
    def graph(self) -> Graph:
        return Graph.read(self.converted.folder / "f32")


@pytest.fixture(scope="session")
def small_source() -> TorchSource:
    """Answers that differ from crop to crop, from a net that nobody trained."""
    return TorchSource(net=_small_net(), contract=CONTRACT, card=None)


@pytest.fixture(scope="session")
def small(
    web_build: Path, small_source: TorchSource, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Small]:
    folder = tmp_path_factory.mktemp("small")
    converted = convert(small_source, "onnx2tf", folder / "net", Clock(lambda name, model: None))
    known = ask(small_source, _crops())
    with Browser(mounts={"/harness": web_build / "harness", "/graphs": folder}) as browser:
        prover = Prover(
            browser=browser,
            contract=CONTRACT,
            known=known,
            folder=folder / "net",
            url="/graphs/net",
        )
        yield Small(source=small_source, converted=converted, known=known, prover=prover)


CONTRACT = Contract(
    name="small",
    net="efficientnet-b0",
    heads=(Head(name="emotion", labels=FER_LABELS),),
    input=Input(size=32),
)


def _crops() -> Pixels:
    pictures = sorted((FACE_API / "demo").glob("sample*.jpg"))
    return parity_crops(pictures, TinyDetector(FACE_API / "model"), CONTRACT.crop.rule, 32)


def _small_net() -> nn.Module:
    generator = torch.Generator().manual_seed(0)
    net = nn.Sequential(
        nn.Conv2d(3, 16, 3, 2, 1),
        nn.SiLU(),
        nn.Conv2d(16, 16, 3, 2, 1, groups=16),
        nn.Conv2d(16, 64, 1),
        nn.ReLU(),
        nn.Conv2d(64, 32, 3, 2, 1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(32, 7),
    )
    for weights in net.parameters():
        spread = 0.3 if weights.ndim == 1 else 2 / weights[0].numel() ** 0.5
        nn.init.normal_(weights, std=spread, generator=generator)
    return net.eval()


@pytest.fixture(scope="session")
def foreign(small_source: TorchSource, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `net.onnx` and `contract.json`, as somebody else would bring them."""
    folder = tmp_path_factory.mktemp("foreign")
    small_source.write_onnx(folder / "net.onnx")
    CONTRACT.write(folder / "contract.json")
    return folder


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one reference clip, half a second of VP8, and a note."""
    folder = tmp_path_factory.mktemp("clips")
    (folder / "notes.txt").touch()
    write_clip(folder / "기쁨.webm", "VP80")
    return folder


def write_clip(path: Path, codec: str) -> None:
    """15 grey frames, 30 a second."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), 30, (64, 48))
    for level in range(15):
        writer.write(np.full((48, 64, 3), level * 15, np.uint8))
    writer.release()


def foreign_options(foreign: Path, out: Path) -> Options:
    """An export of the small net alone."""
    net, contract = foreign / "net.onnx", foreign / "contract.json"
    return Options(models=(), out=out, onnx=net, contract=contract)


@pytest.fixture(scope="session")
def stages() -> list[tuple[str, str]]:
    """The steps of the one whole export."""
    return []


@pytest.fixture(scope="session")
def dist(
    foreign: Path,
    clips: Path,
    web_build: Path,
    stages: list[tuple[str, str]],
    stand_ins: StandIns,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The one whole export that tests look at."""
    out = tmp_path_factory.mktemp("export") / "dist"
    options = dataclasses.replace(foreign_options(foreign, out), clips=clips)
    with stand_ins.remembered():
        export(options, lambda name, model: stages.append((name, model)))
    return out
