"""What a run says of every validation picture, kept in its folder for comparison with others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from train.evaluate import Evaluation, Indices, evaluate

ANSWERS = "answers.npz"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """In the order of the pictures."""

    said: Indices
    """NO_ANSWER where no face was found."""
    truth: Indices
    pictures: str
    """A digest of which pictures these are."""
    labels: tuple[str, ...]

    def figures(self) -> Evaluation:
        return evaluate(self.said, self.truth, self.labels)

    def write(self, folder: Path) -> None:
        with (folder / ANSWERS).open("wb") as file:
            np.savez_compressed(
                file,
                said=self.said.astype(np.int16),
                truth=self.truth.astype(np.int16),
                pictures=np.array(self.pictures),
                labels=np.array(self.labels),
            )

    @classmethod
    def read(cls, folder: Path) -> Answers:
        with np.load(folder / ANSWERS) as found:
            return cls(
                said=found["said"].astype(np.intp),
                truth=found["truth"].astype(np.intp),
                pictures=str(found["pictures"]),
                labels=tuple(found["labels"].tolist()),
            )
