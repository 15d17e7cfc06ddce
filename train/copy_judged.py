"""A model that was kept before, under a name of its own, with figures that it earned since."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

from face_detect.swap import staged
from train.card import card
from train.checkpoint import is_model, load, save
from train.evaluate import Evaluation
from train.judged_part import HELD_BACK, HELD_OUT
from train.model_task import TASK
from train.recipe import RECIPE
from train.records import CURVES, METRICS


def copy_judged(
    model: Path, folder: Path, figures: Evaluation, *, data: str, made_by: str, note: str = ""
) -> None:
    """Whole or not at all; contract and card tell the figures, of pictures that were held out."""
    net, contract = load(model)
    earned = {
        key: round(getattr(figures, key), 4) for key in ("accuracy", "macro_f1", "macro_recall")
    }
    origin = dataclasses.replace(contract.origin, figures=earned)
    contract = dataclasses.replace(contract, name=folder.name, origin=origin)
    text = card(contract, figures, data=data, licence="not stated", made_by=made_by, note=note)
    with staged(folder, is_model) as staging:
        save(net, contract, staging)
        (staging / "card.md").write_text(text, encoding="utf-8")
        for name in (RECIPE, TASK, METRICS, CURVES, HELD_OUT, HELD_BACK):
            if (model / name).exists():
                shutil.copy(model / name, staging)
