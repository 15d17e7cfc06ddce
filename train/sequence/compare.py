"""A head beside the model's own answers and plain smoothing, on the same made sequences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from face_detect.smooth import Smoother
from train.sequence.make_clips import ONSET_S, Clips, make_clips
from train.sequence.sequence_head import SequenceHead
from train.sequence.steadiness import Steadiness, steadiness
from train.sequence.takes import Takes

RATES_HZ = (4, 8, 15, 30)
"""Answers a second: fewer than a head learns from, the fewest that it does, and more."""
ONSETS_S = (0.0, ONSET_S)
WIDTHS_MS = (60, 120, 170, 250, 350, 500, 1000)
"""The page's own is 250."""
CLIP_S = 20
HEAD, RAW = "sequence head", "as the model says"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One way on one kind of sequence."""

    rate_hz: int
    onset_s: float
    """How long a switch takes at most."""
    way: str
    smooth_ms: int | None
    """Of plain smoothing."""
    figures: Steadiness


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The head beside plain smoothing as slow as it, and as calm as it, on one kind of sequence.

    Straight lines between the widths; None where no width is so quick or so calm.
    """

    rate_hz: int
    onset_s: float
    flicker_per_s: float
    smoothed_flicker_per_s: float | None
    delay_ms: float
    smoothed_delay_ms: float | None


def compare(
    head: SequenceHead, takes: Takes, *, clips: int, seed: int, uncertain_below: float
) -> list[Row]:
    """Every way on every kind of sequence."""
    rows = []
    for rate_hz in RATES_HZ:
        for onset_s in ONSETS_S:
            made = make_clips(
                takes,
                clips,
                CLIP_S * rate_hz,
                rates_hz=(rate_hz, rate_hz),
                onset_s=onset_s,
                random=np.random.default_rng(seed),
            )
            ways: list[tuple[str, int | None, npt.NDArray[np.floating]]] = [(RAW, None, made.said)]
            ways += [(f"smoothed, {ms} ms", ms, _smoothed(made, ms)) for ms in WIDTHS_MS]
            ways.append((HEAD, None, _through(head, made)))
            rows += [
                Row(
                    rate_hz=rate_hz,
                    onset_s=onset_s,
                    way=way,
                    smooth_ms=smooth_ms,
                    figures=steadiness(made, said, uncertain_below=uncertain_below),
                )
                for way, smooth_ms, said in ways
            ]
    return rows


def findings(rows: Sequence[Row]) -> list[Finding]:
    """What the rows say, one for each kind of sequence."""
    found = []
    for row in (row for row in rows if row.way == HEAD):
        kind = (row.rate_hz, row.onset_s)
        plain = [
            each.figures
            for each in rows
            if (each.rate_hz, each.onset_s) == kind and each.way != HEAD
        ]
        delays, flickers = [f.delay_ms for f in plain], [f.flicker_per_s for f in plain]
        own = row.figures
        found.append(
            Finding(
                rate_hz=row.rate_hz,
                onset_s=row.onset_s,
                flicker_per_s=own.flicker_per_s,
                smoothed_flicker_per_s=_at(own.delay_ms, delays, flickers),
                delay_ms=own.delay_ms,
                smoothed_delay_ms=_at(own.flicker_per_s, flickers[::-1], delays[::-1]),
            )
        )
    return found


def _at(value: float, known: list[float], others: list[float]) -> float | None:
    if not min(known) <= value <= max(known):
        return None
    for i in range(len(known) - 1):
        low, high = sorted(known[i : i + 2])
        if low <= value <= high:
            share = (value - known[i]) / ((known[i + 1] - known[i]) or 1.0)
            return others[i] + share * (others[i + 1] - others[i])
    return None


def _smoothed(clips: Clips, constant_ms: float) -> npt.NDArray[np.float64]:
    result = np.empty(clips.said.shape)
    for row in range(len(clips)):
        smoother = Smoother(constant_ms)
        times_ms = (1000 * clips.times_s[row]).tolist()
        for i, said in enumerate(clips.said[row].tolist()):
            result[row, i] = smoother.next(said, times_ms[i])
    return result


@torch.inference_mode()
def _through(head: SequenceHead, clips: Clips) -> npt.NDArray[np.float32]:
    said: npt.NDArray[np.float32] = head(
        torch.from_numpy(clips.said), torch.from_numpy(clips.gaps_s)
    ).numpy()
    return said
