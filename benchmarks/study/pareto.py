"""Which of several are worth what they cost."""

from __future__ import annotations

from collections.abc import Mapping


def pareto(costs_and_worths: Mapping[str, tuple[float, float]]) -> tuple[str, ...]:
    """Those that nothing else beats, the cheapest first: another one costs more or is worth less.

    Of equals in both figures all are among them.
    """
    best: list[str] = []
    most = (float("-inf"), float("inf"))
    items = sorted(costs_and_worths.items(), key=lambda item: (item[1][0], -item[1][1]))
    for name, (cost, worth) in items:
        if worth > most[0] or (worth, cost) == most:
            best.append(name)
            most = (worth, cost)
    return tuple(best)
