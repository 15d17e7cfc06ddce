"""What a user may choose about preparing."""

from __future__ import annotations

from dataclasses import dataclass, field

from train.contract import Crop


@dataclass(frozen=True, kw_only=True)
class PrepareOptions:
    """All that decides what is written; who does the work does not."""

    crop: Crop = field(default_factory=Crop)
    boxes: bool = False
    size: int = 224
    margin: float = 0.25
    quality: int = 92
    shard_mb: int = 256
    portion: int = 128
    valid: float = 0.1
    test: float = 0.1
    """Shares that are drawn where the data have no parts."""
    seed: int = 0
    head: str | None = None
    """The label that every drawn part has its share of; None: the one that most pictures have."""
