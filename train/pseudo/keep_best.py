"""The best net of all rounds as a model of its own."""

from __future__ import annotations

from pathlib import Path

from train.copy_judged import copy_judged
from train.judgement_notes import looked_at
from train.pseudo.found import Found
from train.pseudo.run_round import command_of, data_name


def keep_best(found: Found, folder: Path) -> bool:
    """Copy it to `folder` under that name; False where no round was better than MODEL."""
    best, kept = found.best, found.best_kept()
    if best is None or kept is None:
        return False
    copy_judged(
        kept.model,
        folder,
        kept.figures,
        data=data_name(found.task, best.way),
        made_by=command_of(found.task),
        note=looked_at(_nets(found)),
    )
    return True


def _nets(found: Found) -> str:
    rounds = sum(len(course.rounds) for course in found.courses)
    model = found.task.wanted.model.name
    return f"Each of the {rounds} nets that rounds made of {model}, and {model} itself,"
