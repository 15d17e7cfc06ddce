"""Kinds of command-line arguments, each with a complaint that says what is allowed."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable


def name(text: str) -> str:
    """A name that is safe as a folder's."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not made of letters, digits, . _ and -")
    return text


def whole(low: int, high: int = 2**31 - 1) -> Callable[[str], int]:
    """A whole number."""

    def parse(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value} is not from {low} to {high}")
        return value

    parse.__name__ = "whole number"  # argparse names the type in its message
    return parse


def real(low: float, high: float) -> Callable[[str], float]:
    """A number, and neither NaN nor infinity."""

    def parse(text: str) -> float:
        value = float(text)
        if not (math.isfinite(value) and low <= value <= high):
            raise argparse.ArgumentTypeError(f"{value:g} is not from {low:g} to {high:g}")
        return value

    parse.__name__ = "number"
    return parse
