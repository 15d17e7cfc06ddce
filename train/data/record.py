"""One labelled picture, whatever dataset it comes from."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import decode_picture


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

    def picture(self) -> Pixels:
        """The decoded picture, RGB."""
        try:
            content = self.read()
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read ({error.strerror or error})") from error
        except (zipfile.BadZipFile, zlib.error, RuntimeError) as error:  # damaged, or encrypted
            raise InputError(f"{self.name}: cannot be unpacked ({error})") from error
        return decode_picture(content, self.name)
