"""What several tests of the export share: one browser, one page, one small model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from torch import nn

from export.browser import Browser
from export.convert import Converted, convert
from export.crops import parity_crops
from export.graph import Graph
from export.parity import ParitySet, Prover
from export.prove import ask
from export.source import TorchSource
from export.stages import Clock
from face_detect.crop import Pixels
from face_detect.tiny import TinyDetector
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
