"""Made sequences hold what they promise."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from train.sequence.make_clips import STRETCH_S, Clips, make_clips
from train.sequence.sway import CAMERA_HZ
from train.sequence.takes import Takes


def made(takes: Takes, rate_hz: float, onset_s: float = 0.0) -> Clips:
    rates = (rate_hz, rate_hz)
    random = np.random.default_rng(0)
    return make_clips(takes, 5, 120, rates_hz=rates, onset_s=onset_s, random=random)


@pytest.mark.parametrize("rate_hz", [10, 15, 30])
def test_answers_come_as_often_as_asked_on_frames_of_the_camera(
    takes: Takes, rate_hz: float
) -> None:
    gaps = made(takes, rate_hz).gaps_s
    assert (gaps[:, 0] == 0).all()
    assert 1 / gaps[:, 1:].mean() == pytest.approx(rate_hz, rel=0.1)
    assert np.allclose(gaps * CAMERA_HZ, np.rint(gaps * CAMERA_HZ), atol=1e-4)


def test_a_truth_stays_for_so_long_and_then_another_comes(takes: Takes) -> None:
    clips = made(takes, 30)
    for times_s, truth, stretch in zip(clips.times_s, clips.truth, clips.stretch, strict=True):
        starts = np.flatnonzero(np.diff(stretch, prepend=-1))
        lengths = np.diff(times_s[starts])
        assert len(starts) >= 2
        assert (lengths >= STRETCH_S[0] - 0.05).all()
        assert (lengths <= STRETCH_S[1] + 0.05).all()
        assert all(one != other for one, other in itertools.pairwise(truth[starts]))


def test_while_a_truth_stays_one_still_is_shown_frame_after_frame(takes: Takes) -> None:
    clips = made(takes, 30)
    whole = np.flatnonzero(clips.stretch[0] == 1)
    said = clips.said[0, whole]
    (shown,) = [i for i, take in enumerate(takes.said) if (take == said[0]).all(1).any()]
    start = int(np.flatnonzero((takes.said[shown] == said[0]).all(1))[0])
    frames = start + np.rint(clips.times_s[0, whole] * CAMERA_HZ).astype(int)
    assert (takes.said[shown][frames - frames[0] + start] == said).all()
    assert takes.truth[shown] == clips.truth[0, whole[0]]


def test_a_slow_switch_begins_with_the_old_answer_and_ends_with_the_new(takes: Takes) -> None:
    slow, quick = made(takes, 30, onset_s=0.5), made(takes, 30)
    assert slow.said.sum(2) == pytest.approx(1.0, abs=1e-5)
    row = slow.stretch[0] == 0
    assert (slow.said[0, row] == quick.said[0, quick.stretch[0] == 0][: row.sum()]).all()
    first = int(np.flatnonzero(~row)[0])
    known = {tuple(answer) for take in takes.said for answer in take.tolist()}
    mixed = [tuple(answer) not in known for answer in slow.said[0, first:].tolist()]
    assert any(mixed)
    assert not mixed[-1]
