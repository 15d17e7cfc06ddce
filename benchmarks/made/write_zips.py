"""AI-Hub's zips: of each part and emotion one of pictures and one of their list."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from benchmarks.made.plan import EMOTIONS, Form, Planned
from train.data.new_zip import new_zip

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a zip, so that equal pictures make equal bytes."""
_PARTS = {False: ("Training", "TRAIN", "training"), True: ("Validation", "VALID", "validation")}


class Zips:
    """Written as the pictures come: neither they nor their entries are held.

    `number` ends their names, for there may be more than one of each emotion.
    """

    def __init__(self, folder: Path, number: str) -> None:
        self._folder = folder
        self._number = number
        self._open: dict[tuple[bool, int], _Pair] = {}

    def __enter__(self) -> Zips:
        return self

    def add_picture(self, planned: Planned, jpeg: bytes) -> None:
        """Names are decomposed in half of the pictures, as a Mac packs them."""
        form: Form = "NFD" if planned.index % 2 else "NFC"
        info = zipfile.ZipInfo(unicodedata.normalize(form, planned.name), date_time=_EPOCH)
        self._pair(planned).pictures.writestr(info, jpeg)

    def add_entry(self, planned: Planned, entry: Mapping[str, Any]) -> None:
        pair = self._pair(planned)
        text = json.dumps(entry, ensure_ascii=False, indent=1)
        pair.list.write(f"{',' if pair.entries else ''}\n{text}".encode())
        pair.entries += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with ExitStack() as stack:
            for pair in self._open.values():
                stack.push(pair.stack)
                if error is None:
                    pair.list.write(b"\n]\n")
            if error is not None:
                raise error  # so that the zips know that they are given up

    def _pair(self, planned: Planned) -> _Pair:
        key = planned.valid, planned.emotion
        if key not in self._open:
            self._open[key] = _begun(self._folder, *key, self._number)
        return self._open[key]


@dataclass(kw_only=True)
class _Pair:
    pictures: zipfile.ZipFile
    list: IO[bytes]
    stack: ExitStack
    entries: int = 0


def _begun(folder: Path, valid: bool, emotion: int, number: str) -> _Pair:
    place, short, long = _PARTS[valid]
    # The names of the zips themselves come in both forms, too.
    form: Form = "NFD" if emotion % 2 else "NFC"
    name = f"EMOIMG_{EMOTIONS[emotion]}_{short}_{number}.zip"
    into = folder / place
    into.mkdir(exist_ok=True)
    with ExitStack() as stack:
        pictures, labels = (
            stack.enter_context(new_zip(into / unicodedata.normalize(form, f"[{kind}]{name}")))
            for kind in ("원천", "라벨")
        )
        member = f"img_emotion_{long}_data({EMOTIONS[emotion]}).json"
        info = zipfile.ZipInfo(unicodedata.normalize(form, member), date_time=_EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        entries = stack.enter_context(labels.open(info, "w", force_zip64=True))
        entries.write(b"[")
        return _Pair(pictures=pictures, list=entries, stack=stack.pop_all())
