from __future__ import annotations

import numpy as np
import pytest

from train.uncertainty.vote import Member, vote

TRUTH = np.array([0, 1, 1])


def member(name: str, single: list[float], *, found: list[bool] | None = None) -> Member:
    """A net that is right in its second pass alone."""
    answer = np.array([[1 - value, value] for value in single])
    right = np.eye(2)[TRUTH]
    votes = np.stack([1 - right, right, right])
    seen = np.array(found or [True] * len(single))
    return Member(name=name, single=answer, votes=votes, found=seen, drops=True)


def test_votes_are_means_over_the_first_passes() -> None:
    rows = vote([member("one", [0.9, 0.9, 0.1])], TRUTH, ("happy", "sad"), (3, 1))
    assert [row.passes for row in rows] == [0, 1, 3]
    assert [row.figures.accuracy for row in rows] == pytest.approx([1 / 3, 0, 1])


def test_several_nets_are_judged_each_by_itself_and_together() -> None:
    members = [member("one", [0.9, 0.9, 0.1]), member("two", [0.0, 0.2, 1.0])]
    rows = vote(members, TRUTH, ("happy", "sad"), ())
    assert [row.who for row in rows] == [("one",), ("two",), ("one", "two")]
    assert rows[2].figures.accuracy == 1


def test_a_net_that_finds_no_face_leaves_the_answer_to_the_others() -> None:
    members = [
        member("one", [0.9, 0.1, 0.1], found=[False, False, True]),
        member("two", [0.2, 0.0, 1.0], found=[True, False, True]),
    ]
    together = vote(members, TRUTH, ("happy", "sad"), ())[2]
    assert together.figures.recall == {"happy": 1, "sad": 0.5}
    assert together.figures.unanswered == {"happy": 0, "sad": 1}
