"""The rule's properties, on clips made of numbers."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.train.golden_score import GOLDEN, cases
from tests.train.made_clips import (
    LABELS,
    Shares,
    acted,
    clip,
    faceless,
    naive,
    noisy,
    shares,
)
from train.resample import Curves
from train.score import score
from train.score_error import ScoreError
from train.score_options import ScoreOptions

SMILE = (2.0, 5.0, "happy", 0.9)
QUICK = ScoreOptions(rate_hz=15)


@pytest.fixture(scope="module")
def smile() -> Shares:
    return acted(SMILE)


def wandering(seed: int) -> Shares:
    """Another emotion every second or so, and none of them pure."""
    steps = np.random.default_rng(seed).normal(0, 0.3, (240, len(LABELS))).cumsum(0)
    return shares(np.exp(steps))


@pytest.mark.parametrize("seed", range(3))
def test_the_same_clip_scores_100_with_full_certainty(seed: int) -> None:
    same = clip(wandering(seed))
    found = score(same, same)
    assert (found.score, found.certainty, found.offset_s) == (100, 1, 0)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_clips_does_not_matter(seed: int) -> None:
    one, other = clip(wandering(seed)), clip(wandering(seed + 100)[:200])
    there, back = score(one, other), score(other, one)
    assert (there.score, there.certainty) == (back.score, back.certainty)
    assert there.emotions == back.emotions
    assert there.offset_s == -back.offset_s


@pytest.mark.parametrize("seed", range(12))
def test_nor_does_it_with_gaps_uneven_times_and_uncertain_frames(seed: int) -> None:
    one, other = rough(seed), rough(seed + 100)
    there, back = score(one, other, QUICK), score(other, one, QUICK)
    assert (there.score, there.certainty) == (back.score, back.certainty)
    assert there.emotions == back.emotions
    assert there.offset_s == -back.offset_s
    assert sorted((j, i, used) for i, j, used in there.path) == sorted(back.path)
    assert there.certainty < 0.95


def rough(seed: int) -> Curves:
    """Of another length with each seed, at uneven times, unsure here and there, with two gaps."""
    random = np.random.default_rng(seed)
    made = clip(wandering(seed)[: 240 - seed % 7 * 9])
    count = len(made.times_s)
    first, second = random.uniform(0, 3), random.uniform(3, 5)
    uneven = dataclasses.replace(
        made,
        times_s=tuple(np.cumsum(random.uniform(0.01, 0.06, count)).tolist()),
        uncertain=tuple((random.random(count) < 0.3).tolist()),
    )
    return faceless(faceless(uneven, first, first + 0.4), second, second + 0.7)


def test_what_is_late_one_way_round_is_early_the_other_way(smile: Shares) -> None:
    late = clip(acted((2.3, 5.0, "happy", 0.9)))
    there, back = score(clip(smile), late).seconds[2], score(late, clip(smile)).seconds[2]
    assert there.late_s is not None
    assert back.late_s is not None
    assert there.late_s > 0.1
    assert back.late_s < -0.1


@pytest.mark.parametrize("frames", [1, 4, 8, 12, 15])
@pytest.mark.parametrize("make", [lambda: acted(SMILE), lambda: wandering(1)])
def test_a_shift_of_up_to_half_a_second_loses_less_than_3_points(
    make: Callable[[], Shares], frames: int
) -> None:
    values = make()
    early, late = values[: len(values) - frames], values[frames:]
    assert score(clip(early), clip(late)).score > 97
    assert score(clip(values), clip(late)).score > 97
    held = np.concatenate([values[:1].repeat(frames, axis=0), early])
    assert score(clip(values), clip(held)).score > 97


@pytest.mark.parametrize(("start_s", "stop_s"), [(0.1, 1.4), (0.6, 1.2), (0.9, 1.5), (0.15, 0.75)])
def test_so_it_does_when_but_a_second_of_both_is_left(start_s: float, stop_s: float) -> None:
    values = acted((start_s, stop_s, "happy", 0.9), seconds=1.5)
    assert score(clip(values[:-15]), clip(values[15:])).score > 97


def test_a_shift_between_two_samples_loses_less_than_3_points() -> None:
    values = acted(SMILE)
    times = np.arange(len(values)) / 30
    between = np.stack([np.interp(times + 0.263, times, column) for column in values.T], axis=1)
    assert score(clip(values), clip(between)).score > 97


@pytest.mark.parametrize("height", [0.6, 0.75, 0.9])
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(LABELS, 2)))
def test_another_emotion_scores_at_most_40(one: str, other: str, height: float) -> None:
    reference = clip(acted((0.5, 3.5, one, height), seconds=4))
    take = clip(acted((0.5, 3.5, other, height), seconds=4))
    assert score(reference, take, QUICK).score <= 40


@pytest.mark.parametrize(("one", "other"), [("happy", "sad"), ("neutral", "angry")])
def test_another_emotion_scores_at_most_40_even_if_the_net_is_half_sure(
    one: str, other: str
) -> None:
    columns = LABELS.index(one), LABELS.index(other)
    reference, take = (np.full((60, len(LABELS)), 0.1) for _ in columns)
    reference[:, columns[0]] = take[:, columns[1]] = 0.4
    assert score(clip(reference), clip(take)).score <= 40


def test_the_mean_score_over_200_seeds_falls_as_noise_grows() -> None:
    values = acted((0.5, 1.5, "happy", 0.9), seconds=2)
    means = [
        np.mean(
            [score(clip(values), clip(noisy(values, s, seed)), QUICK).score for seed in range(200)]
        )
        for s in (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)
    ]
    assert means[0] == 100
    assert all(less > more for less, more in itertools.pairwise(means))


@pytest.mark.parametrize("start_s", [0.0, 1.8, 3.0, 7.5])
def test_half_a_second_without_a_face_lowers_the_certainty_and_not_the_score(
    smile: Shares, start_s: float
) -> None:
    take = faceless(clip(smile), start_s, start_s + 0.5)
    found = score(clip(smile), take)
    assert found.score > 99.9
    assert found.certainty == pytest.approx(1 - 0.5 / 8, abs=0.01)


def test_that_holds_for_a_take_that_is_not_perfect_too(smile: Shares) -> None:
    wavering = clip(noisy(smile, 0.05, seed=3))
    whole = score(clip(smile), wavering)
    holed = score(clip(smile), faceless(wavering, 3.0, 3.5))
    assert holed.score == pytest.approx(whole.score, abs=1)
    assert holed.certainty < whole.certainty


def test_uncertain_frames_lower_the_certainty_alone(smile: Shares) -> None:
    sure = clip(smile)
    unsure = Curves(
        labels=sure.labels,
        times_s=sure.times_s,
        probabilities=sure.probabilities,
        uncertain=(True,) * len(smile),
    )
    found = score(sure, unsure)
    assert (found.score, found.certainty) == (100, 0.5)


def test_a_moment_that_comes_late_is_forgiven_within_the_band_and_told(smile: Shares) -> None:
    late = clip(acted((2.3, 5.0, "happy", 0.9)))
    found = score(clip(smile), late)
    assert found.score > 99
    assert (found.seconds[2].late_s or 0) > 0.1
    assert score(clip(smile), late, ScoreOptions(band_s=0)).score < 97


def test_less_of_an_emotion_scores_between_none_and_all(smile: Shares) -> None:
    heights = (0.0, 0.3, 0.6, 0.75, 0.9)
    takes = [acted((2.0, 5.0, "happy", height)) for height in heights]
    found = [score(clip(smile), clip(take)).score for take in takes]
    assert found == sorted(found)
    assert found[-1] == 100


def test_the_offset_tells_who_begins_later(smile: Shares) -> None:
    assert score(clip(smile[9:]), clip(smile)).offset_s == pytest.approx(0.3)


def test_the_first_frames_time_does_not_matter(smile: Shares) -> None:
    assert score(clip(smile), clip(smile, first_s=100.0)).score > 99.99


def test_a_clip_at_half_the_rate_scores_nearly_100(smile: Shares) -> None:
    whole = clip(smile)
    half = Curves(
        labels=LABELS,
        times_s=whole.times_s[::2],
        probabilities=whole.probabilities[::2],
        uncertain=whole.uncertain[::2],
    )
    assert score(whole, half).score > 98


def test_the_parts_make_up_the_whole(smile: Shares) -> None:
    found = score(clip(smile), clip(wandering(5)))
    assert sum(part.share for part in found.emotions) == pytest.approx(1)
    assert sum(part.share for part in found.seconds) == pytest.approx(1)
    assert len(found.seconds) == 8


def test_the_part_that_went_wrong_scores_least(smile: Shares) -> None:
    take = acted(SMILE, (6.0, 7.0, "angry", 0.9))
    found = score(clip(smile), clip(take))
    worst = min(range(8), key=lambda second: found.seconds[second].score or 0)
    assert worst == 6
    assert min(found.emotions, key=lambda part: part.score).label == "angry"


@pytest.mark.parametrize(
    ("lasts_s", "rise_s", "whole", "worst"),
    [
        (0.2, 0.15, 100, 82),
        (0.3, 0.15, 99, 30),
        (0.5, 0.15, 90, 4),
        (1.0, 0.15, 58, 1),
        (0.2, 0.001, 97, 12),
        (0.3, 0.001, 92, 4),
        (0.5, 0.001, 78, 2),
        (1.0, 0.001, 49, 1),
    ],
)
def test_a_flash_costs_little_and_its_second_much(
    lasts_s: float, rise_s: float, whole: int, worst: int
) -> None:
    """`docs/score.md` quotes every figure."""
    values = acted((0.5, 19.5, "happy", 0.9), seconds=20)
    found = score(clip(values), clip(flashing(values, lasts_s, rise_s)))
    assert round(found.score) == whole
    assert round(min(second.score or 0 for second in found.seconds)) == worst


def flashing(values: Shares, lasts_s: float, rise_s: float) -> Shares:
    """Sad for happy for a while; its ends lie between two frames."""
    times = (np.arange(len(values)) + 0.5) / 30 - 10
    edges = np.minimum(times, lasts_s - times)
    level = np.clip(edges / rise_s, 0, 1)[:, None]
    other = values.copy()
    happy, sad = LABELS.index("happy"), LABELS.index("sad")
    other[:, [happy, sad]] = values[:, [sad, happy]]
    mixed: Shares = values * (1 - level) + other * level
    return mixed


def test_thirty_takes_of_known_order_are_ranked_better_than_by_the_naive_rule() -> None:
    """`docs/score.md` quotes both figures."""
    reference = acted((1.0, 3.0, "happy", 0.9), (4.5, 6.5, "sad", 0.7))
    takes = [graded(number) for number in range(30)]
    ours = [score(clip(reference), clip(take), QUICK).score for take in takes]
    plain = [naive(reference, take) for take in takes]
    assert kendall(ours) >= 0.9
    assert kendall(ours) > kendall(plain) + 0.1


def graded(number: int) -> Shares:
    """Worse with each number: fainter, and more of something else; and as early or late as may be.

    Timing within the band is no fault, so that it says nothing about the order.
    """
    random = np.random.default_rng(number)
    shift, inner = random.uniform(-0.5, 0.5), random.uniform(-0.25, 0.25)
    true, wrong = 0.9 * (1 - number / 30), 0.9 * number / 30
    first = (1.0 + shift, 3.0 + shift)
    second = (4.5 + shift + inner, 6.5 + shift + inner)
    made = acted(
        (*first, "happy", true),
        (*second, "sad", true * 0.8),
        (*first, "angry", wrong),
        (*second, "surprise", wrong * 0.8),
    )
    return noisy(made, 0.02, seed=number)


def kendall(falling: list[float]) -> float:
    """Kendall's τ between the true order and values that should fall."""
    pairs = list(itertools.combinations(falling, 2))
    return float(sum(np.sign(one - other) for one, other in pairs) / len(pairs))


def test_clips_without_a_common_face_cannot_be_compared(smile: Shares) -> None:
    with pytest.raises(ScoreError, match="no face"):
        score(clip(smile), faceless(clip(smile), 0, 99))
    halves = faceless(clip(smile), 0, 4), faceless(clip(smile), 4, 99)
    with pytest.raises(ScoreError, match="at no time do both"):
        score(*halves, ScoreOptions(max_offset_s=0, band_s=0))


@pytest.mark.parametrize(
    ("times_s", "complaint"),
    [
        ((), "the take holds no frame"),
        ((0.08, 0.12, 0.0), "the take's times do not rise"),
        ((0.0, 0.0, 0.0), "the take's times do not rise"),
        ((0.0, 1.0, float("nan")), "the take's times do not rise"),
        ((0.0, 1.0, 1e7), "the take lasts longer than 1 h"),
    ],
)
def test_times_that_no_clip_has_are_refused(
    smile: Shares, times_s: tuple[float, ...], complaint: str
) -> None:
    count = len(times_s)
    whole = clip(smile)
    take = Curves(
        labels=LABELS,
        times_s=times_s,
        probabilities=whole.probabilities[:count],
        uncertain=whole.uncertain[:count],
    )
    with pytest.raises(ScoreError, match=complaint):
        score(whole, take)


def test_clips_with_other_labels_cannot_be_compared(smile: Shares) -> None:
    other = Curves(labels=("a",), times_s=(0.0,), probabilities=((1.0,),), uncertain=(False,))
    with pytest.raises(ScoreError, match="the labels differ"):
        score(clip(smile), other)


@pytest.mark.parametrize("case", json.loads(GOLDEN.read_text()), ids=lambda case: case["name"])
def test_the_golden_file_is_what_the_rule_gives(case: dict[str, Any]) -> None:
    """Else run `python -m tests.train.golden_score`, and mend the page's rule too."""
    found = score(curves(case["reference"]), curves(case["take"]), ScoreOptions(**case["options"]))
    assert json.loads(json.dumps(dataclasses.asdict(found))) == case["expected"]


def test_the_golden_file_holds_every_case() -> None:
    assert [case["name"] for case in json.loads(GOLDEN.read_text())] == list(cases())


def curves(plain: dict[str, Any]) -> Curves:
    rows = (None if row is None else tuple(row) for row in plain["probabilities"])
    return Curves(
        labels=tuple(plain["labels"]),
        times_s=tuple(plain["times_s"]),
        probabilities=tuple(rows),
        uncertain=tuple(plain["uncertain"]),
    )
