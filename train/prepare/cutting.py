"""How faces are cut out: all that decides a face's bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from train.contract import Crop
from train.data.dataset import Framing


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """What a worker has to know."""

    framing: Framing
    """Of the dataset: photos to find a face in, or faces that were cut out already."""
    crop: Crop = field(default_factory=Crop)
    """The contract's: which detector, and the square around its box."""
    boxes: bool = False
    """Whether the dataset's own boxes say where to look."""
    size: int = 224
    """The square's side in pixels, at most; none is blown up."""
    margin: float = 0.25
    """What is kept around the square, on each side of it, as a share of its side."""
    quality: int = 92
    """Of the JPEGs."""
