"""How a dataset is to be read, where it does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["auto", "folder"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a user may choose about reading."""

    format: Format = "auto"
    """The reader; "auto" looks at what lies there."""
    head: str = "emotion"
    """What the folders of a `label/picture` dataset are labels of."""
