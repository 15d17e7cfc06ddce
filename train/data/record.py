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
    """Head name to label."""
    read: Callable[[], bytes]
    subject: str | None = None
    box: Box | None = None

    def picture(self) -> Pixels:
        """The decoded picture, RGB."""
        try:
            content = self.read()
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read ({error.strerror or error})") from error
        except (zipfile.BadZipFile, zlib.error, RuntimeError) as error:  # damaged, or encrypted
            raise InputError(f"{self.name}: cannot be unpacked ({error})") from error
        return decode_picture(content, self.name)
