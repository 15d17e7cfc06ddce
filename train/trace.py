"""What a model says of a clip, frame by frame, as the page would."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from torch import nn

from face_detect.box import Box
from face_detect.crop import Pixels, crop
from face_detect.media import Frame
from face_detect.smooth import Smoother
from face_detect.tracker import Tracker
from train.ask import ask
from train.contract import Contract
from train.familiarity import familiarity, unfamiliar
from train.inputs import probabilities
from train.sequence.follow import Follower
from train.sequence.sequence_head import SequenceHead
from train.trace_file import Moment, Trace, TracedHead

# As web/src/core/pipeline.ts has it.
PROBABILITY_CONSTANT_MS = 250.0

Values = tuple[tuple[float, ...], ...]
Energies = tuple[float, ...]
Flags = tuple[bool, ...]


def trace(
    frames: Iterable[Frame],
    contract: Contract,
    net: nn.Module,
    tracker: Tracker,
    *,
    smooth: bool = False,
    sequence: SequenceHead | None = None,
    on_moment: Callable[[Moment], None] = lambda moment: None,
) -> Trace:
    """Follow the face through the frames of a clip and ask the net at each of them.

    `smooth` eases the probabilities over time, as the page does by default: by the contract's
    sequence head, given as `sequence`, for the head that it follows, and plainly for all else.
    """
    follower = _Follower(
        contract=contract, net=net, tracker=tracker, smooth=smooth, sequence=sequence
    )
    moments = []
    for frame in frames:
        moment = follower.look(frame)
        moments.append(moment)
        on_moment(moment)
    heads = tuple(TracedHead(name=head.name, labels=head.labels) for head in contract.heads)
    return Trace(model=contract.name, smooth=smooth, heads=heads, moments=tuple(moments))


@dataclass(kw_only=True)
class _Follower:
    contract: Contract
    net: nn.Module
    tracker: Tracker
    smooth: bool
    sequence: SequenceHead | None

    def __post_init__(self) -> None:
        self._smoother = Smoother(PROBABILITY_CONSTANT_MS)
        described = self.contract.sequence
        self._followed: tuple[int, Follower] | None = None
        if self.sequence is not None and described is not None:
            names = [head.name for head in self.contract.heads]
            follower = Follower(self.sequence, described)
            self._followed = names.index(described.head), follower

    def _forget(self) -> None:
        """The next answer is another face's."""
        self._smoother.reset()
        if self._followed is not None:
            self._followed[1].forget()

    def look(self, frame: Frame) -> Moment:
        index, time_s = frame.index, frame.time_s
        if index is None or time_s is None:
            raise ValueError("a clip's frames have an index and a time; a picture has neither")
        track = self.tracker.follow(frame.rgb, time_s * 1000)
        if track is None or track.fresh:
            self._forget()
        if track is None:
            return Moment(index=index, time_s=time_s)
        values, energies = self._answer(frame.rgb, track.box)
        if self.smooth:
            values, energies = self._eased(values, energies, time_s * 1000)
        strange = self._unfamiliar(energies)
        return Moment(
            index=index,
            time_s=time_s,
            box=track.box,
            probabilities=values,
            uncertain=self._uncertain(values, strange),
            unfamiliar=strange if self._tells else None,
        )

    @property
    def _tells(self) -> bool:
        return any(head.familiar_above is not None for head in self.contract.heads)

    def _answer(self, rgb: Pixels, box: Box) -> tuple[Values, Energies]:
        face = crop(rgb, box, self.contract.crop.rule, self.contract.input.size)
        outputs = ask(self.net, self.contract, face[None])
        values = tuple(tuple(each[0].tolist()) for each in probabilities(outputs, self.contract))
        return values, tuple(float(each[0]) for each in familiarity(outputs, self.contract))

    def _eased(self, values: Values, energies: Energies, now_ms: float) -> tuple[Values, Energies]:
        flat = [value for head in values for value in head]
        eased = self._smoother.next([*flat, *energies], now_ms)
        found = [tuple(eased[columns]) for _, columns in self.contract.head_slices()]
        if self._followed is not None:
            place, follower = self._followed
            found[place] = tuple(follower.next(values[place], now_ms).tolist())
        return tuple(found), tuple(eased[len(flat) :])

    def _unfamiliar(self, energies: Energies) -> Flags:
        found = zip(self.contract.heads, energies, strict=True)
        return tuple(bool(unfamiliar(head, np.array([own]))[0]) for head, own in found)

    def _uncertain(self, values: Values, strange: Flags) -> Flags:
        """What is unfamiliar is uncertain, too."""
        return tuple(
            odd or max(own) < head.uncertain_below
            for own, head, odd in zip(values, self.contract.heads, strange, strict=True)
        )
