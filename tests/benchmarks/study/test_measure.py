from benchmarks.study.measure import TurnOptions, in_turn


def test_every_other_round_goes_backwards_and_another_one_begins() -> None:
    orders = ["".join(in_turn("abc", number)) for number in range(6)]
    assert orders == ["abc", "cba", "bca", "acb", "cab", "bac"]


def test_frames_are_shared_out_over_the_rounds() -> None:
    assert TurnOptions(frames=11, rounds=5).each == 3
