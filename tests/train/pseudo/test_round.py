from __future__ import annotations

from train.pseudo.round import Picked, line


def test_a_line_tells_each_labels_share_of_what_is_taken_and_what_its_cap_left_out() -> None:
    picked = Picked(
        faces=100, sure=[50, 4, 6, 0], doubted=[0, 0, 4, 0], over=[44, 0, 0, 0],
        taken=[6, 4, 2, 0], caps=[6, 8, 10, 12], information=0.1, right=None,
        spread=None, spread_doubted=None, shown=[], shown_doubted=[],
    )  # fmt: skip
    assert line(picked, ("happy", "sad", "fear", "angry")) == (
        "60 of 100 faces are sure, 4 of them refused in doubt, 12 taken:"
        " happy 6 (50%, of 50: its cap), sad 4 (33%), fear 2 (17%)"
    )
