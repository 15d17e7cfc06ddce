"""One labelled picture, whatever dataset it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import decode_picture
from train.data.file import UNREADABLE

BOX_INSIDE = 0.5
"""A box that has less of its area in the picture than this belongs to another picture."""
Framing = Literal["crop", "photo", "cutout"]
"""A face already cut out, a photo to find it in, or a face with what lies around it and its box,
as `train prepare` cuts them."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A picture that is read when asked for, and what is known about it."""

    name: str
    labels: Mapping[str, str]
    """Head name to label, of every head whose label is known: "emotion", "gender", "age" ..."""
    read: Callable[[], bytes]
    split: str | None = None
    """The dataset's own part that this picture is in, where it has parts."""
    subject: str | None = None
    """Who is in it, where that is known."""
    box: Box | None = None
    """Where the face is, where the dataset says so."""
    framing: Framing | None = None
    """How it is framed, where it lies beside pictures that are framed otherwise."""
    mark: str = ""
    """What tells its file from every other without reading it, where the dataset knows such."""
    shrunk: float = 1.0
    """How many pixels, each way, one of its own had in the picture that it was cut out of."""

    def said(self, heads: str | Sequence[str]) -> str:
        """Its label of one head, or what it knows of several: "gender male, mask worn"."""
        if isinstance(heads, str) or len(heads) == 1:
            return self.labels.get(heads if isinstance(heads, str) else heads[0], "")
        return ", ".join(f"{head} {self.labels[head]}" for head in heads if head in self.labels)

    def picture(self) -> Pixels:
        """The decoded picture, RGB; one that is damaged, or not where its box is, is refused."""
        decoded = decode_picture(self.content(), self.name)
        if self.box is not None:
            check_box(self.box, decoded.shape[1], decoded.shape[0], self.name)
        return decoded

    def content(self) -> bytes:
        """The file as it is; one that cannot be read is named."""
        try:
            return self.read()
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read ({error.strerror or error})") from error
        except UNREADABLE as error:
            raise InputError(f"{self.name}: cannot be unpacked ({error})") from error


def check_box(box: Box, width: int, height: int, name: str) -> None:
    """Refuse a box that lies outside a picture of that size."""
    inside_x = min(box.x + box.width, width) - max(box.x, 0)
    inside_y = min(box.y + box.height, height) - max(box.y, 0)
    if max(inside_x, 0) * max(inside_y, 0) < BOX_INSIDE * box.width * box.height:
        found = f"{box.x:g}, {box.y:g}, {box.width:g}×{box.height:g}"
        raise InputError(f"{name}: box outside the picture ({found} in {width}×{height})")
