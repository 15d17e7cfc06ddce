"""What a run leaves for others: the model's folder, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from face_detect.swap import staged
from train.card import Earned, card
from train.checkpoint import is_model, save
from train.judged_part import HELD_BACK, HELD_OUT, Part
from train.model_task import TASK
from train.recipe import RECIPE, recipe_text
from train.records import CURVES, METRICS
from train.run import Outcome


def keep_model(
    outcome: Outcome,
    folder: Path,
    *,
    data: str,
    licence: str,
    made_by: str,
    part: Part | None = None,
) -> None:
    """Weights, contract, card, curves and recipe; `part` is what the figures are of."""
    text = card(
        outcome.contract,
        outcome.evaluation,
        data=data,
        licence=licence,
        made_by=made_by,
        part=part,
        heads=[Earned(figures=own, head=name, part=part) for name, own in outcome.heads.items()],
    )
    with staged(folder, is_model) as staging:
        save(outcome.net, outcome.contract, staging)
        (staging / "card.md").write_text(text, encoding="utf-8")
        recipe = recipe_text(outcome.plan, outcome.data.pictures)
        (staging / RECIPE).write_text(recipe, encoding="utf-8")
        if outcome.plan.task is not None:
            (staging / TASK).write_text(outcome.plan.task.text, encoding="utf-8")
        for name in (METRICS, CURVES, HELD_OUT, HELD_BACK):
            if (outcome.folder / name).exists():
                shutil.copy(outcome.folder / name, staging)
