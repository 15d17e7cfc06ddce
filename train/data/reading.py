"""How a dataset is to be read, where it does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from train.data.labels import LabelRule

Format = Literal[
    "auto", "shards", "folder", "unlabelled", "fer-csv", "fairface", "mask-race", "aihub"
]
Annotators = Literal["majority", "unanimous", "uploader", "A", "B", "C"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a user may choose about reading."""

    format: Format = "auto"
    """The reader; "auto" looks at what lies there."""
    head: str = "emotion"
    """What the folders of a `label/picture` dataset are labels of."""
    labels: LabelRule | None = None
    """How labels become others (`read_labels`); otherwise they stay as the dataset has them."""
    annotators: Annotators = "majority"
    """Whose label counts where several people gave one (AI-Hub)."""
    corrections: Path | None = None
    """A file of corrections; otherwise the one that `find_corrections` finds is used."""
