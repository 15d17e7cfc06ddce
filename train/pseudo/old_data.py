"""What stands for the old data while a net learns from new faces."""

from __future__ import annotations

from train.pseudo.generator import generate, generator_of
from train.pseudo.mixture import sample_of
from train.pseudo.options import Forgetting
from train.pseudo.task import Task
from train.samples import Samples
from train.watch import Watch


def old_data(task: Task, way: Forgetting, seed: int, watch: Watch) -> Samples | None:
    """The same in every round of a seed; None where nothing of it is seen again."""
    learning, old = task.wanted.learning, task.labelled
    if way in ("replay", "old"):
        return old
    if way == "sample":
        return sample_of(old, learning.share, seed)
    if way == "generated":
        watch.say(f"a net that draws faces, fitted to {len(old)} of them")
        net = generator_of(
            old,
            task.folder / "generators",
            epochs=learning.generator_epochs,
            seed=seed,
            on_step=watch.on_step,
        )
        return generate(net, old, max(1, round(learning.share * len(old))), seed)
    return None
