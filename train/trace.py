"""What a model says of a clip, frame by frame, as the page would."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from torch import nn

from face_detect.box import Box
from face_detect.crop import Pixels, crop
from face_detect.media import Frame
from face_detect.smooth import Smoother
from face_detect.tracker import Tracker
from train.ask import ask
from train.contract import Contract
from train.inputs import probabilities
from train.trace_file import Moment, Trace, TracedHead

# As web/src/core/pipeline.ts has it.
PROBABILITY_CONSTANT_MS = 250.0

Values = tuple[tuple[float, ...], ...]


def trace(
    frames: Iterable[Frame],
    contract: Contract,
    net: nn.Module,
    tracker: Tracker,
    *,
    smooth: bool = False,
    on_moment: Callable[[Moment], None] = lambda moment: None,
) -> Trace:
    """Follow the face through the frames of a clip and ask the net at each of them.

    `smooth` eases the probabilities over time, as the page does by default.
    """
    follower = _Follower(contract=contract, net=net, tracker=tracker, smooth=smooth)
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

    def __post_init__(self) -> None:
        self._smoother = Smoother(PROBABILITY_CONSTANT_MS)

    def look(self, frame: Frame) -> Moment:
        index, time_s = frame.index, frame.time_s
        if index is None or time_s is None:
            raise ValueError("a clip's frames have an index and a time; a picture has neither")
        track = self.tracker.follow(frame.rgb, time_s * 1000)
        if track is None or track.fresh:
            self._smoother.reset()
        if track is None:
            return Moment(index=index, time_s=time_s)
        values = self._answer(frame.rgb, track.box)
        if self.smooth:
            values = self._eased(values, time_s * 1000)
        return Moment(
            index=index,
            time_s=time_s,
            box=track.box,
            probabilities=values,
            uncertain=self._uncertain(values),
        )

    def _answer(self, rgb: Pixels, box: Box) -> Values:
        face = crop(rgb, box, self.contract.crop.rule, self.contract.input.size)
        outputs = ask(self.net, self.contract, face[None])
        return tuple(tuple(each[0].tolist()) for each in probabilities(outputs, self.contract))

    def _eased(self, values: Values, now_ms: float) -> Values:
        flat = self._smoother.next([value for head in values for value in head], now_ms)
        return tuple(tuple(flat[columns]) for _, columns in self.contract.head_slices())

    def _uncertain(self, values: Values) -> tuple[bool, ...]:
        return tuple(
            max(own) < head.uncertain_below
            for own, head in zip(values, self.contract.heads, strict=True)
        )
