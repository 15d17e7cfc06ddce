"""The data of a run: what to learn from, what is held back to choose by, what is held out."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from face_detect.command import InputError
from train.check_task import check_task
from train.contract import Crop
from train.crops import resolve_framing
from train.data.apart import Apart, apart
from train.data.dataset import Dataset
from train.data.open_dataset import open_dataset
from train.data.readable import readable
from train.data.record import Record
from train.data.split import split
from train.gathered import Gathered
from train.judged_part import held_back_names, of_these_data
from train.merged import merged
from train.plan import Plan
from train.thinned import read_most, thinned
from train.top_up import offered, topped_up
from train.watch import Watch

__all__ = ["Gathered", "gather", "gather_parts", "thin"]

ENOUGH = 0.25
"""Of what was asked for to choose by: a model that held back less says too little of new data."""


def gather(plan: Plan, watch: Watch) -> Gathered:
    """Read the data, part them, thin them, and add what the plan tops them up with."""
    data = thin(gather_parts(plan, watch), plan)
    if plan.top_up is None:
        return data
    return topped_up(data, plan, plan.top_up, offered(plan, plan.top_up, data, watch))


def thin(data: Gathered, plan: Plan) -> Gathered:
    """With as many pictures to learn from as the plan allows."""
    if not plan.most:
        return data
    most = read_most(plan.most)
    kept = thinned(data.kept, most, head=plan.head, seed=plan.parting_seed)
    return dataclasses.replace(data, kept=kept)


def gather_parts(plan: Plan, watch: Watch) -> Gathered:
    """Read the data and part them: each by itself, and then all together."""
    if plan.task is None:
        return _gather_one(plan, watch)
    reading = dataclasses.replace(plan.reading, labels=plan.task, head="emotion")
    found = [
        _gather_one(dataclasses.replace(plan, data=path, reading=reading), watch)
        for path in plan.all_data
    ]
    data = found[0] if len(found) == 1 else _across(merged(found), watch)
    check_task(plan.task, data)
    return data


def _across(data: Gathered, watch: Watch) -> Gathered:
    """Without copies of one picture in two of the data, each of which was parted by itself."""
    of_test = _apart(data.valid.records, data.test.records, "held out", watch)
    judged = (*of_test.kept, *data.test.records)
    found = _apart(data.kept, judged, "held out or held back", watch)
    valid = dataclasses.replace(data.valid, records=of_test.kept)
    left_out = (*data.left_out, of_test, found)
    return dataclasses.replace(data, kept=found.kept, valid=valid, left_out=left_out)


def _gather_one(plan: Plan, watch: Watch) -> Gathered:
    dataset = _usable(open_dataset(plan.data, reading=plan.reading), plan, watch)
    learning, held_out, drawn = _parted(dataset, plan, watch)
    labels = _labels(learning, held_out, plan)
    of_test = _apart(learning, held_out, "held out", watch)
    rest, held_back = _held_back(dataset, of_test.kept, held_out, plan, watch)
    of_valid = _apart(rest, held_back, "held back", watch)
    return Gathered(
        kept=_asked(of_valid.kept, plan),
        valid=dataclasses.replace(dataset, records=_asked(held_back, plan)),
        test=dataclasses.replace(dataset, records=_asked(held_out, plan)),
        labels=labels,
        framing=dataset.framing or "crop",
        drawn=drawn,
        left_out=(of_test, of_valid),
    )


def _held_back(
    dataset: Dataset,
    learning: Sequence[Record],
    held_out: Sequence[Record],
    plan: Plan,
    watch: Watch,
) -> tuple[Sequence[Record], Sequence[Record]]:
    """What is left to learn from, and what is chosen by: drawn by the seed, unless the data were
    parted for that when they were prepared, or a model tells what its fit held back."""
    if own := _prepared_valid(dataset):
        return learning, apart(own, held_out).kept
    if before := _held_back_before(dataset, learning, plan):
        watch.say(f"held back: {len(before)} pictures, as in the fit of {plan.parted_as}")
        names = {record.name for record in before}
        return [record for record in learning if record.name not in names], before
    return split(learning, plan.valid_share, seed=plan.parting_seed, head=_parted_by(plan))


def _held_back_before(dataset: Dataset, learning: Sequence[Record], plan: Plan) -> Sequence[Record]:
    """What the plan's model was chosen by, if it has every label and is enough."""
    if plan.parted_as is None:
        return ()
    names = of_these_data(dataset, held_back_names(plan.parted_as))
    found = [record for record in learning if record.name in names]
    enough = len(found) >= ENOUGH * plan.valid_share * len(learning)
    return found if enough and _labels_in(learning, plan) == _labels_in(found, plan) else ()


def _labels_in(records: Sequence[Record], plan: Plan) -> set[tuple[str, str]]:
    return {item for record in records for item in record.labels.items() if item[0] in plan.heads}


def _prepared_valid(dataset: Dataset) -> list[Record]:
    """The part that `train prepare` drew to choose by, where it drew one to report on as well."""
    if dataset.format != "shards" or not any(each.split == "test" for each in dataset.records):
        return []
    return [record for record in dataset.records if record.split == "valid"]


def _parted_by(plan: Plan) -> Sequence[str] | Callable[[Record], str]:
    """What every part has its share of: of a table all that it knows, asked about or not, so that
    nets with other heads of it are judged by the same pictures and learn from none of them."""
    task = plan.task
    return plan.heads if task is None else lambda record: task.known(record.labels)


def _asked(records: Iterable[Record], plan: Plan) -> tuple[Record, ...]:
    """Those that know something of what is asked about."""
    return tuple(record for record in records if record.said(plan.heads))


def _usable(dataset: Dataset, plan: Plan, watch: Watch) -> Dataset:
    """The records that can be read and of which a label is known, if only to the table."""
    watch.say(f"{plan.data}: reading {len(dataset.records)} pictures")
    dataset = readable(dataset, watch.on_step)
    known = _asked(dataset.records, plan)
    counts = dataset.problem_counts()
    if len(known) < len(dataset.records):
        counts[f"no {' or '.join(plan.heads)} known"] = len(dataset.records) - len(known)
    for kind, count in counts.items():
        names = [problem.name for problem in dataset.problems if problem.kind == kind]
        examples = f": {', '.join(names[:3])}{' ...' if len(names) > 3 else ''}" if names else ""
        watch.say(f"left out: {count} × {kind}{examples}")
    if not known:
        heads = sorted({head for record in dataset.records for head in record.labels})
        wanted = " or ".join(map(repr, plan.heads))
        raise InputError(f"{plan.data}: no picture has a label of {wanted}, only of {heads}")
    framing = resolve_framing(plan.framing, dataset, Crop())
    watch.say(f"its pictures are taken as {framing}s")
    if plan.task is not None:
        known = tuple(record for record in dataset.records if plan.task.known(record.labels))
    return dataclasses.replace(dataset, records=known, framing=framing)


def _apart(learning: Sequence[Record], others: Sequence[Record], what: str, watch: Watch) -> Apart:
    """Those to learn from without the others' people and copies of their pictures."""
    watch.say(f"looking for copies of pictures that are {what}")
    found = apart(learning, others, on_step=watch.on_step)
    for count, why in ((found.of_people, "someone"), (found.copies, "a copy of one")):
        if count:
            watch.say(f"left out of training: {count} × {why} {what}")
    return found


def _parted(
    dataset: Dataset, plan: Plan, watch: Watch
) -> tuple[Sequence[Record], Sequence[Record], bool]:
    """The data's own parts, or two that the seed draws where it has none."""
    counts = Counter(record.split for record in dataset.records)
    if len(counts) == 1 and "train" not in counts:
        what = f"only a {part} part" if (part := next(iter(counts))) else "no parts"
        watch.say(f"has {what}: {plan.valid_share:.0%} are held out by the seed")
        seed = plan.parting_seed + 1
        by = _parted_by(plan)
        return *split(dataset.records, plan.valid_share, seed=seed, head=by), True
    test = "test" if counts["test"] else "valid"
    for part, count in counts.items():
        used = ("train", test, "valid") if _prepared_valid(dataset) else ("train", test)
        if part not in used:
            watch.say(f"not used: {count} × in {part or 'no part'}")
    if not counts["train"] or not counts[test]:
        parts = sorted(part for part in counts if part)
        raise InputError(f"{plan.data}: has parts {parts}; needs train and test, or none at all")
    learning, held_out = (
        [record for record in dataset.records if record.split == part] for part in ("train", test)
    )
    return learning, held_out, False


def _labels(learning: Iterable[Record], held_out: Iterable[Record], plan: Plan) -> tuple[str, ...]:
    if plan.task is not None:
        return plan.task.labels_of(plan.heads[0])
    labels = {record.labels[plan.head] for record in learning}
    if len(labels) < 2:
        raise InputError(f"{plan.data}: every picture to learn from is labelled {labels.pop()!r}")
    strange = Counter(r.labels[plan.head] for r in held_out if r.labels[plan.head] not in labels)
    if strange:
        raise InputError(
            f"{plan.data}: pictures to test on have labels that none to learn from has:"
            f" {dict(strange)}"
        )
    return tuple(sorted(labels))
