from benchmarks.study.pareto import pareto


def test_what_costs_more_and_is_worth_less_is_not_on_the_line() -> None:
    nets = {"quick": (1.0, 0.5), "good": (9.0, 0.7), "slow": (10.0, 0.6), "poor": (2.0, 0.4)}
    assert pareto(nets) == ("quick", "good")


def test_of_two_that_cost_the_same_the_better_one_is_on_the_line() -> None:
    assert pareto({"worse": (3.0, 0.5), "better": (3.0, 0.6)}) == ("better",)


def test_of_two_that_are_worth_the_same_the_cheaper_one_is_on_the_line() -> None:
    assert pareto({"dear": (4.0, 0.5), "cheap": (3.0, 0.5)}) == ("cheap",)


def test_equals_in_both_are_both_on_the_line() -> None:
    assert pareto({"one": (3.0, 0.5), "other": (3.0, 0.5)}) == ("one", "other")


def test_of_nothing_there_is_no_line() -> None:
    assert pareto({}) == ()
