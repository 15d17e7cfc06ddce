from __future__ import annotations

import pytest

from export.drift import Drift
from export.gates import (
    LIMITS,
    DivergenceError,
    DriftError,
    FlipError,
    ToleranceError,
    gates_for,
    hold,
)


def _moved(max_relative: float = 0, flips: float = 0, mean_kl: float = 0) -> Drift:
    return Drift(count=256, max_relative=max_relative, flips=flips, mean_kl=mean_kl, worst=())


_GOOD = _moved(max_relative=1e-6)


@pytest.mark.parametrize("variant", LIMITS)
def test_answers_that_hardly_moved_pass(variant: str) -> None:
    hold(gates_for("link", _GOOD, LIMITS[variant]))


@pytest.mark.parametrize(
    ("variant", "moved", "error", "allowed"),
    [
        ("f32", {"max_relative": 1.1e-4}, DriftError, 1e-4),
        ("f32", {"flips": 1 / 256}, FlipError, 0.0),
        ("f16", {"flips": 2 / 256}, FlipError, 0.005),
        ("u16", {"flips": 2 / 256}, FlipError, 0.005),
        ("mixed", {"flips": 6 / 256}, FlipError, 0.02),
        ("mixed", {"mean_kl": 0.011}, DivergenceError, 0.01),
        ("u8", {"flips": 6 / 256}, FlipError, 0.02),
        ("u8", {"mean_kl": 0.011}, DivergenceError, 0.01),
    ],
)
def test_each_tolerance_has_its_named_error(
    variant: str, moved: dict[str, float], error: type[ToleranceError], allowed: float
) -> None:
    with pytest.raises(error, match=f"{variant} on simd") as caught:
        hold(gates_for(f"{variant} on simd", _moved(**moved), LIMITS[variant]))
    assert caught.value.allowed == allowed
    assert caught.value.measured == next(iter(moved.values()))


def test_one_flip_in_256_is_within_half_a_percent() -> None:
    hold(gates_for("link", _moved(flips=1 / 256), LIMITS["u16"]))


def test_a_measured_nan_fails() -> None:
    with pytest.raises(DriftError):
        hold(gates_for("link", _moved(max_relative=float("nan")), LIMITS["f32"]))


def test_a_gate_error_exits_with_one() -> None:
    assert DriftError("", measured=1, allowed=0).exit_code == 1
