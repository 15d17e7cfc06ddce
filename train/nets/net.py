"""A net that has a name: what builds it, and which options it takes."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from torch import nn

from train.contract import Input

Option = str | int | float
_KINDS = (str, int, float)
_GIVEN = {"outputs", "channels", "spec"}


@dataclass(frozen=True)
class Net:
    """`fixed` is what the name stands for; `usual` can be chosen otherwise."""

    make: Callable[..., nn.Module]
    fixed: Mapping[str, object] = field(default_factory=dict)
    usual: Mapping[str, Option] = field(default_factory=dict)
    credit: str = ""
    """Whose weights are in it that were not trained here, and under which licence."""

    def build(
        self, *, outputs: int, channels: int, spec: Input | None = None, **options: Option
    ) -> nn.Module:
        """`spec` goes to a net that has to know how pixels were normalised; None is from 0 to 1."""
        asked = {"spec": spec} if "spec" in inspect.signature(self.make).parameters else {}
        chosen = {**self.usual, **options, **asked}
        return self.make(outputs=outputs, channels=channels, **self.fixed, **chosen)

    def options(self) -> dict[str, Callable[[str], Option]]:
        """What can be chosen, each with its type."""
        made = self.make.__init__ if inspect.isclass(self.make) else self.make
        types = typing.get_type_hints(made)
        return {
            key: types[key]
            for key in inspect.signature(self.make).parameters
            if types.get(key) in _KINDS and key not in _GIVEN and key not in self.fixed
        }

    def default(self, key: str) -> object:
        """What an option is where it is not chosen."""
        return self.usual.get(key, inspect.signature(self.make).parameters[key].default)
