from __future__ import annotations

import numpy as np
import pytest

from train.sequence.compare import HEAD, RAW, Row, compare, findings
from train.sequence.fit_head import RATES_HZ, HeadOptions, fit_head
from train.sequence.steadiness import Steadiness
from train.sequence.takes import Takes


def test_a_head_that_has_learned_answers_sooner_than_smoothing_as_calm(takes: Takes) -> None:
    options = HeadOptions(units=4, steps=60, clips=4, answers=32, calm=0.05, rate=0.02)
    rows = compare(fit_head(takes, options), takes, clips=2, seed=1, uncertain_below=0.5)
    assert {row.way for row in rows} >= {RAW, HEAD, "smoothed, 250 ms"}
    learned = [found for found in findings(rows) if found.rate_hz >= RATES_HZ[0]]
    known = [found for found in learned if found.smoothed_delay_ms is not None]
    assert known
    assert all(found.delay_ms < (found.smoothed_delay_ms or 0) for found in known)


def test_below_the_rates_that_it_learned_from_a_head_is_no_worse_than_the_model(
    takes: Takes,
) -> None:
    options = HeadOptions(units=4, steps=60, clips=4, answers=32, rate=0.02)
    rows = compare(fit_head(takes, options), takes, clips=2, seed=1, uncertain_below=0.5)
    slow = [row for row in rows if row.rate_hz == 4 and row.onset_s == 0]
    said = {row.way: row.figures for row in slow}
    assert said[HEAD].accuracy >= said[RAW].accuracy - 0.02
    assert said[HEAD].delay_ms <= said[RAW].delay_ms + 50


def test_between_two_widths_lies_a_straight_line() -> None:
    def row(way: str, flicker: float, delay_ms: float) -> Row:
        figures = Steadiness(
            flicker_per_s=flicker,
            delay_answers=0,
            delay_ms=delay_ms,
            accuracy=1,
            uncertain=0,
            apart=0,
        )
        return Row(rate_hz=30, onset_s=0, way=way, smooth_ms=None, figures=figures)

    rows = [row(RAW, 4, 0), row("smoothed", 2, 100), row(HEAD, 3, 20)]
    (found,) = findings(rows)
    assert found.smoothed_flicker_per_s == pytest.approx(3.6)
    assert found.smoothed_delay_ms == pytest.approx(50)
    (found,) = findings([*rows[:2], row(HEAD, 1, 20)])
    assert found.smoothed_delay_ms is None


def test_the_same_seed_learns_the_same_head(takes: Takes) -> None:
    options = HeadOptions(units=4, steps=3, clips=2, answers=8)
    one, other = (fit_head(takes, options).state_dict() for _ in range(2))
    assert all(np.array_equal(one[key], other[key]) for key in one)
