"""The error that names an operator."""

from __future__ import annotations

from face_detect.command import InputError


class UnsupportedOperatorError(InputError):
    """The net uses an operator that cannot go to the browser; the message names it."""
