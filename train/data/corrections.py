"""`corrections.csv`: labels put right by hand, beside the dataset that has them wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path

from face_detect.command import InputError
from train.data.dataset import Dataset, Problem
from train.data.labels import LabelError, LabelRule, Labels
from train.data.record import Record
from train.data.table import Row, read_table

DROP = "drop"
"""Instead of a label: the picture is left out."""


def find_corrections(data: Path) -> Path | None:
    """NAME.corrections.csv beside the data, or corrections.csv in a folder or beside a file."""
    data = data.resolve()
    # Beside a folder it is as likely that of the folder above, or of another folder there.
    bare = data / "corrections.csv" if data.is_dir() else data.with_name("corrections.csv")
    stem = data.name if data.is_dir() else data.stem
    places = [data.with_name(f"{stem}.corrections.csv"), bare]
    return next((place for place in places if place.is_file()), None)


def correct(dataset: Dataset, path: Path, rule: LabelRule | None = None) -> Dataset:
    """The dataset with the file's labels in place of its own.

    The columns are `name` and heads. An empty field leaves the label as it is; `drop` in any
    field leaves the picture out. Names and labels that the dataset does not know are reported,
    but it knows those that `rule` will make of its own, too: a rule leaves them as they are.
    """
    table = read_table(path)
    heads = [column for column in table.columns if column != "name"]
    known = _known_labels(dataset, rule)
    if "name" not in table.columns or not heads:
        raise InputError(f"{path}: needs a column name, and one for each head to correct")
    if len(set(heads)) < len(heads):
        raise InputError(f"{path}, line 1: has two columns of one name: {', '.join(heads)}")
    if strange := [head for head in heads if known and head not in known]:
        raise InputError(f"{path}: {strange[0]!r} is no head of {dataset.name}: {sorted(known)}")
    records = {record.name: record for record in dataset.records}
    problems = list(dataset.problems)
    for correction in _corrections(table.rows, heads):
        problem = _apply(correction, records, known)
        if problem:
            problems.append(problem)
    return dataclasses.replace(dataset, records=tuple(records.values()), problems=tuple(problems))


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Correction:
    name: str
    where: str
    wanted: Mapping[str, str]
    """Head to label."""

    @property
    def drops(self) -> bool:
        return DROP in self.wanted.values()

    def joined(self, later: _Correction) -> _Correction:
        """Both, of one picture, if they agree."""
        differing = [
            head for head, label in later.wanted.items() if self.wanted.get(head, label) != label
        ]
        if differing or self.drops != later.drops:
            raise InputError(f"{later.where}: {self.name} is corrected otherwise in {self.where}")
        return dataclasses.replace(self, wanted={**self.wanted, **later.wanted})


def _corrections(rows: Iterable[Row], heads: list[str]) -> Iterable[_Correction]:
    """One for each name."""
    found: dict[str, _Correction] = {}
    for row in rows:
        wanted = {head: row[head] for head in heads if row[head]}
        if not wanted:
            continue
        correction = _Correction(name=row["name"], where=row.where, wanted=wanted)
        earlier = found.get(correction.name)
        found[correction.name] = earlier.joined(correction) if earlier else correction
    return found.values()


def _apply(
    correction: _Correction, records: dict[str, Record], known: Mapping[str, set[str]]
) -> Problem | None:
    """Change or take out one record; a problem if that cannot be, or if it was taken out."""
    name, where = correction.name, correction.where
    if name not in records:
        return Problem(name=where, kind="correction of an unknown picture", detail=name)
    if correction.drops:
        del records[name]
        return Problem(name=name, kind="dropped by corrections", detail=where)
    for head, label in correction.wanted.items():
        if known and label not in known[head]:
            detail = f"{head} {label!r} for {name}"
            return Problem(name=where, kind="correction to an unknown label", detail=detail)
    labels = {**records[name].labels, **correction.wanted}
    records[name] = dataclasses.replace(records[name], labels=labels)
    return None


def _known_labels(dataset: Dataset, rule: LabelRule | None) -> dict[str, set[str]]:
    """Each head's labels as the dataset uses them, and as the rule will make of them.

    Nothing if it has none, so that all are new.
    """
    known: dict[str, set[str]] = {}
    for record in dataset.records:
        for head, label in (*record.labels.items(), *_made(record, rule).items()):
            known.setdefault(head, set()).add(label)
    return known


def _made(record: Record, rule: LabelRule | None) -> Labels:
    try:
        return rule(record.labels) if rule else {}
    except LabelError:
        return {}
