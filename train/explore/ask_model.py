"""A trained model as the one who doubts labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from face_detect.command import InputError
from train.ask import ask
from train.checkpoint import load
from train.crops import AskedFraming, crops_of
from train.data.dataset import Dataset
from train.data.reading import Reading
from train.explore.suspects import Suspect, suspects_by_model
from train.inputs import probabilities
from train.model_task import reading_for


class ModelOpinion:
    """Doubts a label where the model is sure of another one."""

    def __init__(self, folder: Path, framing: AskedFraming = "auto") -> None:
        self.folder = folder
        self.net, self.contract = load(folder)
        self.framing: AskedFraming = framing

    @property
    def name(self) -> str:
        return self.contract.name

    def reading(self, asked: Reading) -> Reading:
        """How data are read so that their labels are the model's."""
        return reading_for(self.folder, self.contract, asked)

    def suspects(
        self, dataset: Dataset, head: str, on_step: Callable[[int, int], None]
    ) -> tuple[Suspect, ...]:
        heads = [each.name for each in self.contract.heads]
        if head not in heads:
            raise InputError(f"{self.name}: answers {', '.join(heads)}, not {head}")
        crops = crops_of(dataset, self.contract, framing=self.framing, on_step=on_step)
        outputs = ask(self.net, self.contract, crops.pixels, on_step)
        column = heads.index(head)
        return suspects_by_model(
            dataset.records,
            head,
            self.contract.heads[column].labels,
            probabilities(outputs, self.contract)[column],
            crops.found,
        )
