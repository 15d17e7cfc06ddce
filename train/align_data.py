"""A copy of a dataset in which every face is aligned by its eyes."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import cv2

from face_detect.landmark_net import LandmarkNet
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.align_eyes import align_eyes
from train.contract import Contract
from train.crops import AskedFraming, crops_of
from train.data.dataset import Dataset
from train.data.new_zip import new_zip


@dataclass(frozen=True, kw_only=True)
class AlignedData:
    """What was written."""

    aligned: int
    as_they_were: int
    """No eyes were seen in these: they are copied, too, so that both hold the same pictures."""
    left_out: int
    """No face was found, or the picture has no label."""
    people: int
    """Whom the data named in what was written; the copy has no place for their names."""


def align_data(
    dataset: Dataset,
    contract: Contract,
    head: str,
    out: Path,
    *,
    framing: AskedFraming = "auto",
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> AlignedData:
    """Write `part/label/picture.png` to a zip, whole or not at all; crops are the contract's."""
    landmarks = LandmarkNet.read(DEFAULT_WEIGHTS)
    crops = crops_of(dataset, contract, framing=framing, on_step=on_step)
    aligned = kept = 0
    people: set[str | None] = set()
    with _whole(out) as archive:
        for i, record in enumerate(dataset.records):
            if not crops.found[i] or head not in record.labels:
                continue
            turned = align_eyes(crops.pixels[i], landmarks)
            aligned, kept = aligned + (turned is not None), kept + 1
            shown = crops.pixels[i] if turned is None else turned
            name = f"{i:06}-{PurePosixPath(record.name).stem}.png"
            folders = filter(None, (record.split, record.labels[head]))
            data = cv2.imencode(".png", shown[..., ::-1])[1].tobytes()
            archive.writestr("/".join([*folders, name]), data)
            people |= {record.subject} - {None}
    return AlignedData(
        aligned=aligned,
        as_they_were=kept - aligned,
        left_out=len(dataset.records) - kept,
        people=len(people),
    )


@contextlib.contextmanager
def _whole(out: Path) -> Iterator[zipfile.ZipFile]:
    """Written aside, and swapped in; of what was interrupted nothing is left."""
    aside = out.with_name(f".{out.name}.new")
    try:
        with new_zip(aside) as archive:
            yield archive
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
