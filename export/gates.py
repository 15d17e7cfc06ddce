"""What a link may do to the net's answers, and the errors that say it did more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from export.drift import Drift
from face_detect.command import GateError


class ToleranceError(GateError):
    """A measured value beyond the allowed one."""

    def __init__(self, message: str, *, measured: float, allowed: float) -> None:
        super().__init__(message)
        self.measured, self.allowed = measured, allowed


class DriftError(ToleranceError):
    """Outputs moved too far."""


class FlipError(ToleranceError):
    """Too many inputs got another label."""


class DivergenceError(ToleranceError):
    """Calibrated probabilities moved too far."""


class RecallError(ToleranceError):
    """Accuracy on labelled pictures fell too far."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most that a link may do; None is not asked."""

    max_relative: float | None = None
    flips: float | None = None
    mean_kl: float | None = None


EXACT = Limits(max_relative=1e-4, flips=0.0)
_HALF = Limits(flips=0.005)
_COARSE = Limits(flips=0.02, mean_kl=0.01)
LIMITS: Mapping[str, Limits] = {
    "f32": EXACT,
    "f16": _HALF,
    "u16": _HALF,
    "mixed": _COARSE,
    "u8": _COARSE,
}

_ERRORS: Mapping[str, tuple[type[ToleranceError], str]] = {
    "max_relative": (DriftError, "largest drift, relative to the largest output"),
    "flips": (FlipError, "share of crops that get another label"),
    "mean_kl": (DivergenceError, "mean KL divergence of the probabilities"),
    "macro_recall_fall": (RecallError, "fall of the macro recall"),
    "recall_fall": (RecallError, "fall of one class's recall"),
}


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One measured value beside the allowed one."""

    link: str
    figure: str
    measured: float
    allowed: float

    @property
    def passed(self) -> bool:
        # Written so that a measured NaN fails.
        return self.measured <= self.allowed

    def error(self) -> ToleranceError:
        """The named error for a gate that failed."""
        kind, words = _ERRORS[self.figure]
        message = f"{self.link}: {words} is {self.measured:.3g}, allowed is {self.allowed:.3g}"
        return kind(message, measured=self.measured, allowed=self.allowed)


def gates_for(link: str, drift: Drift, limits: Limits) -> list[Gate]:
    """The gates that a link's drift has to pass."""
    return [
        Gate(link=link, figure=figure, measured=getattr(drift, figure), allowed=allowed)
        for figure in ("max_relative", "flips", "mean_kl")
        if (allowed := getattr(limits, figure)) is not None
    ]


def hold(gates: Iterable[Gate]) -> None:
    """Raise the error of the first gate that failed."""
    for gate in gates:
        if not gate.passed:
            raise gate.error()
