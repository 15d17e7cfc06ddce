"""Put every picture's labels through a rule."""

from __future__ import annotations

import dataclasses

from face_detect.command import InputError
from train.data.dataset import Dataset, Problem
from train.data.labels import LabelError, LabelRule
from train.data.task import UncoveredError


def relabel(dataset: Dataset, rule: LabelRule) -> Dataset:
    """The dataset with the labels that the rule gives; pictures that it does not know are left out.

    A rule for heads that no picture has is refused: it would change nothing, without a word. So is
    by a `Task` a label that none of its rows covers.
    """
    heads = {head for record in dataset.records for head in record.labels}
    if missing := [source for source in rule.sources if source not in heads]:
        found = ", ".join(sorted(heads)) or "none"
        raise InputError(
            f"{dataset.name}: no picture has the label {missing[0]!r} that the table of labels"
            f" is for; its labels are: {found}"
        )
    records, problems = [], list(dataset.problems)
    for record in dataset.records:
        try:
            records.append(dataclasses.replace(record, labels=rule(record.labels)))
        except UncoveredError as error:
            raise InputError(f"{error} ({record.name} of {dataset.name})") from error
        except LabelError as error:
            problems.append(Problem(name=record.name, kind="label unknown", detail=str(error)))
    return dataclasses.replace(dataset, records=tuple(records), problems=tuple(problems))
