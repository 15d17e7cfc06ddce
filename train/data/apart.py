"""Records to learn from, kept apart from those to judge by: no person and no picture in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from train.data.duplicates import without_duplicates
from train.data.prints import OnStep
from train.data.record import Record


@dataclass(frozen=True, kw_only=True)
class Apart:
    """What may be learned from, and what the two lists shared."""

    kept: tuple[Record, ...]
    named: int
    """Records of the first list whose subject is known."""
    people: int
    """Who is in both lists."""
    of_people: int
    """Records of the first list that are of them."""
    copies: int
    """Others of the first list that show a picture of the second, exact or near."""
    exact: int


def apart(
    learning: Sequence[Record],
    others: Sequence[Record],
    *,
    on_step: OnStep = lambda done, total: None,
) -> Apart:
    """Take out of `learning` everyone and every picture that `others` has, too."""
    judged = {record.subject for record in others if record.subject}
    strangers = [record for record in learning if record.subject not in judged]
    kept, copies = without_duplicates(strangers, others, on_step=on_step)
    return Apart(
        kept=tuple(kept),
        named=sum(record.subject is not None for record in learning),
        people=len(judged & {record.subject for record in learning}),
        of_people=len(learning) - len(strangers),
        copies=len(copies),
        exact=sum(copy.exact for copy in copies),
    )
