"""The same pictures before every arm: what is true, and what each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from face_detect.crop import Pixels
from train.crops import crops_of
from train.evaluate import NO_ANSWER, Indices
from train.run import first_contract
from train.study.answers import Answers
from train.study.findings import Findings

DRAWN, DISPUTED = 6, 6
NONE = "no face"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One arm's answer to one picture, over its seeds."""

    label: str
    right: bool
    agreeing: int
    """So many of the seeds say this."""
    seeds: int


@dataclass(frozen=True, kw_only=True)
class SamePictures:
    """Columns are pictures, rows are arms."""

    crops: tuple[Pixels, ...]
    names: tuple[str, ...]
    truth: tuple[str, ...]
    drawn: int
    """So many of them were drawn by chance; on the others the arms differ most."""
    rows: tuple[tuple[str, tuple[Said, ...]], ...]


def same_pictures(findings: Findings) -> SamePictures | None:
    """Some that were drawn, and some on which the arms differ most; None before any run's end."""
    answers = {
        found.arm.name: [run.answers for run in found.finished if run.answers]
        for found in findings.ranked
        if found.finished
    }
    records, digest = findings.data.valid.records, findings.data.pictures["valid"]["digest"]
    answers = {name: each for name, each in answers.items() if each[0].pictures == digest}
    if not answers:
        return None
    first = next(iter(answers.values()))[0]
    drawn, disputed = _chosen(answers, first.truth)
    chosen = [*drawn, *disputed]
    contract = first_contract(findings.arms[0].arm.plan, findings.data.labels)
    crops = crops_of([records[i] for i in chosen], contract, framing=findings.data.framing)
    return SamePictures(
        crops=tuple(crops.pixels),
        names=tuple(records[i].name for i in chosen),
        truth=tuple(first.labels[first.truth[i]] for i in chosen),
        drawn=len(drawn),
        rows=tuple((name, _row(each, chosen)) for name, each in answers.items()),
    )


def _chosen(answers: dict[str, list[Answers]], truth: Indices) -> tuple[list[int], list[int]]:
    """Drawn with each label in turn; then where the arms' hits vary most."""
    order = np.random.default_rng(0).permutation(len(truth)).tolist()
    seen: Counter[int] = Counter()
    turn = {}
    for i in order:
        turn[i] = seen[int(truth[i])]
        seen[int(truth[i])] += 1
    drawn = sorted(order, key=lambda i: turn[i])[:DRAWN]
    hits = np.stack([np.mean([a.said == truth for a in each], axis=0) for each in answers.values()])
    spread = hits.var(0)
    rest = sorted(set(order) - set(drawn), key=lambda i: -spread[i])
    return drawn, [i for i in rest[:DISPUTED] if spread[i] > 0]


def _row(answers: Sequence[Answers], chosen: Sequence[int]) -> tuple[Said, ...]:
    return tuple(_said(answers, i) for i in chosen)


def _said(answers: Sequence[Answers], place: int) -> Said:
    label, count = Counter(int(each.said[place]) for each in answers).most_common(1)[0]
    return Said(
        label=NONE if label == NO_ANSWER else answers[0].labels[label],
        right=label == answers[0].truth[place],
        agreeing=count,
        seeds=len(answers),
    )
