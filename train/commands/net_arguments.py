"""Arguments that hold for every net, or with its name before them for one."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from face_detect.command import InputError
from train.nets import net_text, read_net
from train.study.by_net import ByNet

_NET_BEFORE = re.compile(r"([^=:]+(?::[a-z_]+=[^=,]+(?:,[a-z_]+=[^=,]+)*)?)=(.*)")
"""A net's own options have equals signs, too, and so may the value."""
T = TypeVar("T")


def net(text: str) -> str:
    """In one spelling, whatever the order of its options."""
    try:
        return net_text(*read_net(text.strip()))
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def for_net(kind: Callable[[str], T]) -> Callable[[str], tuple[str | None, T]]:
    """A value behind the net that it is for; None is all of them."""

    def parse(text: str) -> tuple[str | None, T]:
        found = _NET_BEFORE.fullmatch(text)
        return (net(found[1]), kind(found[2])) if found else (None, kind(text))

    parse.__name__ = f"[NET=]{getattr(kind, '__name__', 'value')}"
    return parse


def by_net(option: str, given: Sequence[tuple[str | None, T]], usual: T) -> ByNet[T]:
    """All that was given for one option, a net at a time."""
    found = dict(given)
    if len(found) < len(given):
        raise InputError(f"--{option.replace('_', '-')}: is given twice for the same net")
    own = {net: value for net, value in found.items() if net is not None}
    return ByNet(usual=found.get(None, usual), own=own)
