"""A net that tells a bright brow from a bright chin, and faces without labels."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from face_detect.crop import Pixels
from train.data.reading import Reading
from train.fitting import plain_fabric
from train.keep_model import keep_model
from train.options import Augment, FitOptions
from train.plan import Plan
from train.pseudo.faces import Unlabelled
from train.pseudo.options import Choosing, Learning
from train.pseudo.round import Picked, Round
from train.pseudo.task import Wanted
from train.pseudo.worth import Worth
from train.run import Outcome, run
from train.watch import Watch

STILL = Augment(brightness=0, contrast=0, erase=0, rotate=0, scale=0, shift=0)
OPTIONS = FitOptions(
    epochs=6, batch=16, optimizer="adam", rate=0.003, ema=0, augment=STILL, balance=0
)
PICKED = Picked(
    faces=4, sure=[1, 1], doubted=[0, 0], over=[0, 0], taken=[1, 1], caps=[4, 4],
    information=0.1, right=None, spread=None, spread_doubted=None,
    shown=[[0], [1]], shown_doubted=[],
)  # fmt: skip
HAPPY, WRONG, SAD = 0.0, 0.4, 1.0


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Threads wait for each other longer than nets as small as these take."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True, scope="module")
def no_curves() -> Iterator[None]:
    """Records draw theirs, which takes longer than the epochs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("train.records.draw_curves", lambda runs: b"")
        yield


def faces(blend: float, count: int, seed: int = 0) -> Pixels:
    """Grey [count, 16, 16], from `HAPPY` to `SAD`; in between there is no such label."""
    level = np.array([200 - 140 * blend] * 8 + [60 + 140 * blend] * 8)[:, None]
    random = np.random.default_rng([seed, round(100 * blend)])
    return (level + random.integers(-40, 40, (count, 16, 16))).clip(0, 255).astype(np.uint8)


def pack(path: Path, pictures: Mapping[str, Pixels]) -> Path:
    """A zip with `NAME-000.png` and so on of each."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, some in pictures.items():
            for i, picture in enumerate(some):
                content = cv2.imencode(".png", picture)[1].tobytes()
                archive.writestr(f"{name}-{i:03}.png", content)
    return path


@dataclass(frozen=True)
class Made:
    """What every test of self-training begins with."""

    model: Path
    labelled: Path
    unlabelled: Path

    def wanted(
        self,
        *,
        unlabelled: Path | None = None,
        choosing: Choosing | None = None,
        learning: Learning | None = None,
        plan: Plan | None = None,
    ) -> Wanted:
        """Two quick epochs a round, unless told otherwise."""
        quick = FitOptions(
            epochs=2, batch=16, optimizer="adam", rate=0.001, ema=0, augment=STILL, balance=0
        )
        return Wanted(
            model=self.model,
            labelled=plan or planned(self.labelled),
            unlabelled=Unlabelled(data=unlabelled or self.unlabelled, framing="crop"),
            choosing=choosing or Choosing(passes=10),
            learning=learning or Learning(fit=quick, generator_epochs=1),
        )


def worth_of(macro_f1: float) -> Worth:
    return Worth(pictures=2, accuracy=0.5, macro_f1=macro_f1, macro_recall=0.5, ece=0.1)


def scored(macro_f1: float, number: int, record: str) -> Round:
    """A round that nobody ran."""
    valid = worth_of(macro_f1)
    return Round(number=number, record=record, picked=PICKED, learned_from=2, valid=valid)


def planned(data: Path) -> Plan:
    """How the labelled part is parted, and how its net was fitted."""
    return Plan(
        data=data,
        name="made",
        net="dense:dropout=0.3,width=32",
        size=16,
        valid_share=0.3,
        framing="crop",
        reading=Reading(),
        options=OPTIONS,
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("pseudo")
    parts = {
        f"{part}/{label}/face": faces(blend, count, seed)
        for part, count, seed in (("train", 60, 1), ("test", 20, 2))
        for label, blend in (("happy", HAPPY), ("sad", SAD))
    }
    labelled = pack(folder / "labelled.zip", parts)
    unlabelled = pack(
        folder / "unlabelled.zip",
        {"right-happy": faces(HAPPY, 40), "right-sad": faces(SAD, 20), "wrong": faces(WRONG, 20)},
    )
    model = folder / "model"

    def keep(outcome: Outcome) -> None:
        keep_model(outcome, model, data=labelled.name, licence="made", made_by="a test")

    run(planned(labelled), folder / "runs", plain_fabric(OPTIONS), Watch(), keep)
    return Made(model=model, labelled=labelled, unlabelled=unlabelled)
