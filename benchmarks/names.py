"""What models of ours are called in reports."""

from __future__ import annotations


def ours(model: str) -> str:
    """Whose a series is: "ours/emotion-b0"."""
    return f"ours/{model}"


def figure_name(model: str) -> str:
    """As a part of a figure's name: "emotion-slim" as "slim"."""
    return model.removeprefix("emotion-").replace("-", "_")
