"""From traces to what the acting score compares."""

from __future__ import annotations

from face_detect.command import InputError
from train.resample import Curves
from train.trace_file import Trace

WANTED = "emotion"


def traced_curves(reference: Trace, take: Trace) -> tuple[Curves, Curves]:
    """Both clips' probabilities of the one head that is compared, labels in the same order."""
    _check_origin(reference, take)
    name = _head(reference)
    labels = _labels(reference, name)
    if set(labels) != set(_labels(take, name)):
        raise InputError(
            f"the two traces do not answer the same: {', '.join(labels)}"
            f" and {', '.join(_labels(take, name)) or 'nothing'}; trace both with one model"
        )
    return _curves(reference, name, labels), _curves(take, name, labels)


def _check_origin(reference: Trace, take: Trace) -> None:
    """A trace whose file does not say where it comes from is believed to fit."""
    models, eased = (reference.model, take.model), (reference.smooth, take.smooth)
    if None not in models and models[0] != models[1]:
        raise InputError(
            f"the traces are of two models, {models[0]} and {models[1]}; trace both with one model"
        )
    if None not in eased and eased[0] != eased[1]:
        raise InputError("one trace is smoothed, the other is not; trace both alike")


def _head(trace: Trace) -> str:
    names = [head.name for head in trace.heads]
    return WANTED if WANTED in names else names[0]


def _labels(trace: Trace, name: str) -> tuple[str, ...]:
    return next((head.labels for head in trace.heads if head.name == name), ())


def _curves(trace: Trace, name: str, labels: tuple[str, ...]) -> Curves:
    number = next(i for i, head in enumerate(trace.heads) if head.name == name)
    columns = [trace.heads[number].labels.index(label) for label in labels]
    return Curves(
        labels=labels,
        times_s=tuple(moment.time_s for moment in trace.moments),
        probabilities=tuple(
            tuple(moment.probabilities[number][column] for column in columns)
            if moment.probabilities
            else None
            for moment in trace.moments
        ),
        uncertain=tuple(
            bool(moment.uncertain and moment.uncertain[number]) for moment in trace.moments
        ),
    )
