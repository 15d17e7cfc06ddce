from __future__ import annotations

import numpy as np

from train.slices import attribute_groups, size_groups, slices


def test_every_value_of_every_other_head_is_a_slice() -> None:
    known = [{"emotion": "sad", "age": "10-19"}, {"emotion": "sad", "age": "3-9"}, {"sex": "f"}]
    found = [(name, value, chosen.tolist()) for name, value, chosen in attribute_groups(known)]
    assert found[0][:2] == ("age", "3-9")
    assert [item[:2] for item in attribute_groups(known, without="emotion")] == [
        ("age", "3-9"),
        ("age", "10-19"),
        ("sex", "f"),
    ]


def test_a_face_that_was_not_found_has_no_size() -> None:
    found = size_groups(np.array([0.0, 30.0, 48.0, 999.0]))
    assert [(value, chosen.tolist()) for _, value, chosen in found] == [
        ("24–32 px", [False, True, False, False]),
        ("48–64 px", [False, False, True, False]),
        ("from 256 px", [False, False, False, True]),
    ]


def test_a_slice_has_figures_of_its_own() -> None:
    (found,) = slices(
        np.array([0, 1, 1]),
        np.array([0, 1, 0]),
        ("a", "b"),
        [("age", "old", np.array([True, True, False]))],
    )
    assert (found.pictures, found.accuracy, found.macro_f1) == (2, 1.0, 1.0)
    assert found.low < 0.4
