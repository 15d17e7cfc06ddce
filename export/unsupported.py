"""The error that names an operator."""

from __future__ import annotations

from collections.abc import Iterable

from face_detect.command import InputError


class UnsupportedOperatorError(InputError):
    """The net uses an operator that cannot go to the browser; the message names it."""

    def __init__(self, message: str, operators: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.operators = tuple(operators)
