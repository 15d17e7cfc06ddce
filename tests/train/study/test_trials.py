from __future__ import annotations

from pathlib import Path

import pytest

from train.epoch import Epoch
from train.study.trials import JOURNAL, PrunedError, Trials, Turn


def epoch(number: int, macro_f1: float) -> Epoch:
    return Epoch(
        number=number,
        loss=1.0,
        valid_loss=1.0,
        accuracy=0.5,
        macro_f1=macro_f1,
        rate=0.1,
        seconds=1,
    )


def run(turn: Turn, macro_f1: float) -> None:
    """Five epochs, as good as each other."""
    try:
        for number in range(5):
            turn.epoch(epoch(number, macro_f1))
    except PrunedError:
        turn.prune()
    else:
        turn.finish(macro_f1)


@pytest.mark.parametrize(("prunes", "stopped"), [(True, {"bad"}), (False, set())])
def test_what_is_worse_than_the_median_is_stopped_if_asked_for(
    tmp_path: Path, prunes: bool, stopped: set[str]
) -> None:
    trials = Trials(tmp_path, prunes=prunes)
    for turn in trials.turns(["a", "b", "c", "d", "e", "bad"]):
        run(turn, 0.2 if turn.key == "bad" else 0.6)
    assert trials.pruned() == stopped


def test_the_queue_is_that_of_the_process_before(tmp_path: Path) -> None:
    first = Trials(tmp_path, prunes=True)
    turns = first.turns(["a", "b", "c"])
    next(turns).fail("diverged", "the loss became nan")
    turn = next(turns)
    turn.epoch(epoch(0, 0.5))  # and then the process is killed
    again = Trials(tmp_path, prunes=True)
    assert again.failed("diverged") == {"a": "the loss became nan"}
    begun = []
    for turn in again.turns(["b", "c"]):
        turn.catch_up([{"epoch": 0, "macro_f1": 0.5}])
        begun.append(turn.key)
        run(turn, 0.5)
    assert begun == ["b", "c"]


def test_what_was_stopped_is_begun_again_where_nothing_is_stopped_any_more(tmp_path: Path) -> None:
    next(Trials(tmp_path, prunes=True).turns(["a"])).prune()
    assert Trials(tmp_path, prunes=True).pruned() == {"a"}
    assert Trials(tmp_path, prunes=False).pruned() == set()


def test_half_a_line_is_cut_off_and_the_whole_ones_stay(tmp_path: Path) -> None:
    next(Trials(tmp_path, prunes=False).turns(["a"])).fail("diverged", "the loss became nan")
    journal = tmp_path / JOURNAL
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"op_code": 4, "wor')
    assert Trials(tmp_path, prunes=False).failed("diverged") == {"a": "the loss became nan"}
    assert journal.read_bytes().startswith(whole)
