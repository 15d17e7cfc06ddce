from __future__ import annotations

from collections.abc import Callable

import pytest

from export.accuracy import Accuracy
from export.choose import choose
from export.drift import Drift
from export.gates import DriftError, FlipError, RecallError
from export.parity import Link

_SMALLEST_FIRST = ["u8", "mixed", "f16", "u16", "f32"]


class _Measured:
    """Links of which the named variants flip every answer."""

    def __init__(self, *bad: str) -> None:
        self.bad, self.asked = bad, list[str]()

    def __call__(self, variant: str) -> Link:
        self.asked.append(variant)
        flips, moved = (1.0, 1.0) if variant in self.bad else (0.0, 0.0)
        drift = Drift(count=256, max_relative=moved, flips=flips, mean_kl=0.0, worst=())
        return Link(name=variant, variant=variant, drift=drift, seconds=0)


def _recall(*forgetful: str) -> Callable[[str], list[Accuracy]]:
    """The named variants know every second picture of a class."""

    def recall(variant: str) -> list[Accuracy]:
        after = 0.5 if variant in forgetful else 1.0
        return [Accuracy(head="e", pictures={"a": 99}, before={"a": 1.0}, after={"a": after})]

    return recall


def test_auto_goes_on_when_a_variant_recalls_less() -> None:
    choice = choose("auto", _SMALLEST_FIRST, _Measured(), _recall("u8", "mixed"))
    assert choice.shipped == "f16"
    assert [found.macro_after for found in choice.accuracy] == [1.0]
    assert {gate.figure for gate in choice.gates if not gate.passed} == {
        "macro_recall_fall",
        "recall_fall",
    }


def test_an_explicit_variant_that_recalls_less_stops_the_export() -> None:
    with pytest.raises(RecallError, match="u8, e"):
        choose("u8", _SMALLEST_FIRST, _Measured(), _recall("u8"))


def test_recall_is_not_asked_of_what_failed_already() -> None:
    choice = choose("auto", _SMALLEST_FIRST, _Measured("u8"), _recall("u8"))
    assert {gate.figure for gate in choice.gates if not gate.passed} == {"flips"}


def test_auto_ships_the_smallest_that_passes() -> None:
    assert choose("auto", _SMALLEST_FIRST, _Measured("u8", "mixed")).shipped == "f16"


def test_auto_stops_at_the_first_that_passes() -> None:
    measured = _Measured()
    assert choose("auto", _SMALLEST_FIRST, measured).shipped == "u8"
    assert measured.asked == ["f32", "u8"]


def test_auto_falls_back_on_f32() -> None:
    assert choose("auto", _SMALLEST_FIRST, _Measured("u8", "mixed", "f16", "u16")).shipped == "f32"


def test_a_graph_that_is_wrong_in_f32_never_ships() -> None:
    with pytest.raises(DriftError):
        choose("auto", _SMALLEST_FIRST, _Measured("f32"))


def test_an_explicit_variant_that_fails_stops_the_export() -> None:
    with pytest.raises(FlipError):
        choose("u8", _SMALLEST_FIRST, _Measured("u8"))


def test_an_explicit_variant_is_proven_beside_f32() -> None:
    choice = choose("u16", _SMALLEST_FIRST, _Measured())
    assert (choice.shipped, choice.passed) == ("u16", ("f32", "u16"))


def test_all_measures_each_and_keeps_those_that_pass() -> None:
    choice = choose("all", _SMALLEST_FIRST, _Measured("u8"))
    assert choice.shipped == "mixed"
    assert set(choice.passed) == {"f32", "mixed", "f16", "u16"}
    assert len(choice.links) == 5


def test_the_gates_of_what_failed_are_kept_for_the_report() -> None:
    gates = choose("auto", _SMALLEST_FIRST, _Measured("u8")).gates
    assert [gate.link for gate in gates if not gate.passed] == ["u8"]
