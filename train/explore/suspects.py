"""Pictures whose label is probably wrong: their neighbours, or a model, say another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.data.record import Record
from train.explore.neighbours import Neighbours

MOST = 60
LEAST_DOUBT = 0.5
"""Less is the ordinary disagreement of faces that are hard to tell."""
_COPY = 0.6
"""Of the usual distance between neighbours; nearer ones show the same moment."""
_QUORUM = 0.5
"""Of the neighbours; with more copies than that among them, too few are left to judge."""


@dataclass(frozen=True, kw_only=True)
class Suspect:
    """A picture, its label, and the label that it probably should have."""

    place: int
    """In the records that were looked at."""
    record: Record
    label: str
    better: str
    doubt: float
    """From 0 to 1: how much more is for the better label than for its own."""


def suspects_by_neighbours(
    records: Sequence[Record], head: str, near: Neighbours
) -> tuple[Suspect, ...]:
    """Where nearly all of the most alike pictures have one other label.

    Votes count less the more frequent their label, or everything would look like the commonest.
    """
    labels = sorted({record.labels[head] for record in records if head in record.labels})
    if len(labels) < 2 or near.places.shape[1] == 0:
        return ()
    number = {label: i for i, label in enumerate(labels)}
    own = np.array([number.get(record.labels.get(head, ""), -1) for record in records])
    votes = _votes(own, near, len(labels))
    return _most_doubtful(records, labels, own, votes)


def suspects_by_model(
    records: Sequence[Record],
    head: str,
    labels: Sequence[str],
    probabilities: npt.NDArray[np.float64],
    found: npt.NDArray[np.bool_],
) -> tuple[Suspect, ...]:
    """Where a model is sure of another label; of faces that it found."""
    number = {label: i for i, label in enumerate(labels)}
    own = np.array([number.get(record.labels.get(head, ""), -1) for record in records])
    return _most_doubtful(records, labels, np.where(found, own, -1), probabilities)


def _votes(own: npt.NDArray[np.intp], near: Neighbours, count: int) -> npt.NDArray[np.float64]:
    """[N, labels]: shares of the neighbours' votes, in rows that sum to 1.

    Copies do not vote: what they disagree on is told with the copies.
    """
    support = np.bincount(own[own >= 0], minlength=count)
    weight = 1 / np.sqrt(np.maximum(support, 1))
    votes = np.zeros((len(own), count))
    is_copy = near.distances < _COPY * np.median(near.distances)
    for column in range(near.places.shape[1]):
        said = own[near.places[:, column]]
        voting = np.flatnonzero((said >= 0) & ~is_copy[:, column])
        votes[voting, said[voting]] += weight[said[voting]]
    votes[(~is_copy).mean(1) < _QUORUM] = 0
    total = votes.sum(1, keepdims=True)
    shares: npt.NDArray[np.float64] = votes / np.where(total > 0, total, 1)
    return shares


def _most_doubtful(
    records: Sequence[Record],
    labels: Sequence[str],
    own: npt.NDArray[np.intp],
    shares: npt.NDArray[np.float64],
) -> tuple[Suspect, ...]:
    best = shares.argmax(1)
    rows = np.arange(len(own))
    doubt = np.where(own >= 0, shares[rows, best] - shares[rows, own], 0)
    order = np.argsort(-doubt, kind="stable")[:MOST]
    return tuple(
        Suspect(
            place=i,
            record=records[i],
            label=labels[own[i]],
            better=labels[best[i]],
            doubt=float(doubt[i]),
        )
        for i in order.tolist()
        if doubt[i] >= LEAST_DOUBT
    )
