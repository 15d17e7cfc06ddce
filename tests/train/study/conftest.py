"""A small study that was run once, for all who look at what came out."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from train.fitting import plain_fabric
from train.plan import Plan
from train.source import SharedSource
from train.study.findings import Findings, find
from train.study.read_study import read_study
from train.study.run_study import StudyWatch, run_study
from train.study.study import Study

LEVELS = {"happy": 210, "neutral": 40, "sad": 140}
"""Happy and sad lie both above the grey that is nought to a net, so that an untrained one calls
them alike."""
BASE = """
design = "one-at-a-time"
seeds = [0, 1]
[budget]
epochs = 2
[base]
net = "dense"
width = 16
activation = "leaky_relu"
size = 16
batch = 8
valid = 0.4
optimizer = "adam"
rate = 0.01
ema = 0.0
brightness = 0.0
contrast = 0.0
erase = 0.0
"""
PLANTED = BASE.replace("epochs = 2", "epochs = 3").replace("[0, 1]", "[0, 1, 2, 3]")
"""Enough of both for an effect to be seen by."""


def pack(
    path: Path, labels: Sequence[str], *, each: int = 20, seed: int = 0, doubtful: float = 0.0
) -> Path:
    """`train` and `test` with pictures as bright as their label says, but for the doubtful ones."""
    random = np.random.default_rng(seed)
    with zipfile.ZipFile(path, "w") as archive:
        for part, count in (("train", each), ("test", each // 2)):
            for label in labels:
                for i in range(count):
                    level = LEVELS[label]
                    if i < doubtful * count:
                        level = int(random.integers(150, 200))
                    picture = random.integers(level - 40, level + 40, (24, 24), dtype=np.uint8)
                    content = cv2.imencode(".png", picture)[1].tobytes()
                    archive.writestr(f"{part}/{label}/{seed}-{i:03}.png", content)
    return path


def no_model(name: str) -> Path:
    raise AssertionError(f"{name} is not asked for")


def read(text: str, folder: Path, data: Path = Path("made.zip")) -> Study:
    """The study of a file with this text."""
    file = folder / "made.toml"
    file.write_text(text, encoding="utf-8")
    return read_study(file, Plan(data=data, name="study"), no_model)


@dataclass(frozen=True)
class Done:
    """A study's folder, and what was found."""

    folder: Path
    findings: Findings
    begun: list[str]
    """The runs that were begun, by name."""


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Threads wait for each other longer than nets as small as these take."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@contextlib.contextmanager
def no_curves() -> Iterator[None]:
    """Records draw theirs, which takes longer than the epochs; the report's are drawn elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("train.records.draw_curves", lambda runs: b"")
        yield


def went(study: Study, folder: Path) -> Done:
    """Run what is left of it."""
    begun: list[str] = []
    source = SharedSource()
    watch = StudyWatch(on_run=lambda number, count, name, left_s: begun.append(name))
    with one_thread(), no_curves():
        ran = run_study(
            study,
            folder,
            fabric_for=lambda plan: plain_fabric(plan.options),
            watch=watch,
            source=source,
        )
    data = source.gather(ran[0].job.plan, watch)
    return Done(folder=folder, findings=find(study, ran, data), begun=begun)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """An arm with a rate that moves nothing, and one that draws otherwise and is no better."""
    folder = tmp_path_factory.mktemp("planted")
    data = pack(folder / "made.zip", ("happy", "sad"), each=120, doubtful=0.2)
    factors = "[factors]\nrate = [1e-9]\nflip = [0.0]\n"
    return went(read(PLANTED + factors, folder, data), folder / "study")
