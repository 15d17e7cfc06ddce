"""A net whose layers before the first dropout answer once, however often it is asked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from torch import nn

from train.uncertainty.dropouts import dropouts


class FirstPart:
    """What those layers said of one batch, in the order of their calls.

    Their calls are replayed rather than the net cut in two, so that it may be written in any way.
    """

    def __init__(self) -> None:
        self._said: list[Any] = []
        self._calls = 0
        self._over = False

    def forget(self) -> None:
        """Another batch begins."""
        self._said = []

    def begin_pass(self) -> None:
        self._calls, self._over = 0, False

    def once(self, forward: Callable[..., Any]) -> Callable[..., Any]:
        def answer(*inputs: Any) -> Any:
            if self._over:
                return forward(*inputs)
            self._calls += 1
            if self._calls > len(self._said):
                self._said.append(forward(*inputs))
            return self._said[self._calls - 1]

        return answer

    def until(self, forward: Callable[..., Any]) -> Callable[..., Any]:
        def answer(*inputs: Any) -> Any:
            self._over = True
            return forward(*inputs)

        return answer


@contextlib.contextmanager
def first_part(net: nn.Module) -> Iterator[FirstPart]:
    """Within the block the net answers so."""
    part, wrapped = FirstPart(), []
    dropping = set(dropouts(net))
    try:
        for layer, drops in _layers(net, dropping):
            layer.forward = (part.until if drops else part.once)(layer.forward)
            wrapped.append(layer)
        yield part
    finally:
        for layer in wrapped:
            del layer.forward


def _layers(net: nn.Module, dropping: set[nn.Module]) -> Iterator[tuple[nn.Module, bool]]:
    """The dropouts, and the largest layers that hold none."""
    for layer in net.children():
        if layer in dropping:
            yield layer, True
        elif dropping.isdisjoint(layer.modules()):
            yield layer, False
        else:
            yield from _layers(layer, dropping)
