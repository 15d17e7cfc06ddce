"""Labelled pictures from wherever they lie, as one kind of record."""

from train.data.dataset import Dataset, Framing, Problem
from train.data.open_dataset import open_dataset
from train.data.reading import Reading
from train.data.record import Record

__all__ = ["Dataset", "Framing", "Problem", "Reading", "Record", "open_dataset"]
