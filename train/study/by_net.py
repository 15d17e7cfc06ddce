"""A setting that one net may have otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ByNet(Generic[T]):
    """A setting for every net, and for some of them another one."""

    usual: T
    own: Mapping[str, T] = field(default_factory=dict)

    def of(self, net: str) -> T:
        return self.own.get(net, self.usual)
