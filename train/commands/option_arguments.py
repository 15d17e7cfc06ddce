"""An argument for every option of a dataclass; its annotation holds the help."""

from __future__ import annotations

import argparse
import typing
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from face_detect import arguments
from train.options import Option, options_of

T = TypeVar("T")


def add_option_arguments(
    group: argparse._ArgumentGroup,
    kind: type,
    *,
    usual: Mapping[str, Any] | None = None,
    without: Collection[str] = (),
) -> None:
    """`usual` has the command's own defaults, `without` what it does not ask for."""
    for field, value_type, option in options_of(kind):
        if field.name in without:
            continue
        choices = typing.get_args(value_type) or None
        default = (usual or {}).get(field.name, field.default)
        group.add_argument(
            f"--{field.name.replace('_', '-')}",
            choices=choices,
            type=str if choices else value_of(value_type, option),
            default=default,
            help=f"{option.text} ({default})".replace(" ()", "").replace("%", "%%"),
        )


def options_from(
    chosen: argparse.Namespace, kind: type[T], *, without: Collection[str] = (), **given: Any
) -> T:
    """What was chosen; what the command does not ask for is as it usually is."""
    values = {
        field.name: getattr(chosen, field.name)
        for field, *_ in options_of(kind)
        if field.name not in without
    }
    return kind(**values | given)


def value_of(kind: Any, option: Option) -> Callable[[str], Any]:
    """What makes an option's value of a word."""
    choices = typing.get_args(kind)
    if choices:
        return _one_of(choices)
    if kind is str:
        return str
    if kind is int:
        return arguments.whole(int(option.least), int(option.most))
    return arguments.real(option.least, option.most)


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(choices)}")
        return text

    return parse
