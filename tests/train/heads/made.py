"""Made data with several heads, and a run on them."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
from lightning_fabric import Fabric

from face_detect.crop import Pixels
from train.data.task import Task
from train.options import Augment, FitOptions
from train.plan import Plan
from train.run import Outcome, run
from train.watch import Watch

ROWS = """head,label,from,is
emotion,happy,emotion,happy
emotion,sad,emotion,sad
gender,female,gender,female
gender,male,gender,male
mask,worn,mask,with_mask
mask,none,mask,without_mask
"""
OPTIONS = FitOptions(epochs=2, batch=8, augment=Augment(mixup=0.3, cutmix=0.3))


def png(random: np.random.Generator, side: int, level: int, depth: int = 1) -> bytes:
    noise: Pixels = random.integers(level - 40, level + 40, (side, side, depth), dtype=np.uint8)
    return cv2.imencode(".png", noise)[1].tobytes()


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def planned(data: Mapping[str, Path], asked: Task, **changes: object) -> Plan:
    first, *more = data.values()
    plan = Plan(
        data=first,
        more=tuple(more),
        task=asked,
        name="made",
        head=asked.heads[0],
        net="slim:width=0.2,depth=1",
        size=16,
        framing="crop",
        valid_share=0.2,
        options=OPTIONS,
    )
    return dataclasses.replace(plan, **changes)  # type: ignore[arg-type]


def went(plan: Plan, root: Path, watch: Watch | None = None) -> Outcome:
    return run(plan, root, Fabric(accelerator="cpu", devices=1), watch or Watch())
