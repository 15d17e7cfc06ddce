"""Reference clips that the site's owner puts up, for a visitor to play a scene after."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from export.manifest import NAME
from face_detect.command import InputError
from face_detect.media import is_video, open_video

FOLDER = "clips"
PLAYED = "MP4 with H.264, or WebM with VP9 or AV1"
_CODECS = {
    ".mp4": {"H264", "AVC1", "AV01", "VP90"},
    ".m4v": {"H264", "AVC1"},
    ".webm": {"VP80", "VP90", "AV01"},
}
# Where a container says what it is: a file that lies about it does not play everywhere.
_MAGIC = {".mp4": (4, b"ftyp"), ".m4v": (4, b"ftyp"), ".webm": (0, b"\x1a\x45\xdf\xa3")}
_FASTEST_HZ = 1000.0


@dataclass(frozen=True, kw_only=True)
class Clip:
    """One that browsers play."""

    path: Path
    seconds: float

    @property
    def name(self) -> str:
        """What the visitor reads; macOS takes letters apart, and a Korean syllable with them."""
        return unicodedata.normalize("NFC", self.path.stem)


@dataclass(frozen=True, kw_only=True)
class Clips:
    """A folder's clips by name, and how many other files lie beside them."""

    found: tuple[Clip, ...]
    skipped: int


def find_clips(folder: Path) -> Clips:
    """The clips of a folder, each opened; one that a browser would not play is an InputError."""
    if not folder.is_dir():
        raise InputError(f"{folder}: is not a folder; --clips names one with clips in it")
    files = [path for path in folder.iterdir() if path.is_file()]
    wanted = [path for path in files if is_video(path) and not path.name.startswith(".")]
    if not wanted:
        raise InputError(f"{folder}: holds no clip; put {PLAYED} into it")
    found = sorted((_clip(path) for path in wanted), key=lambda clip: clip.name)
    for one, other in itertools.pairwise(found):
        if one.name == other.name:
            raise InputError(f"{other.path}: {one.path.name} has the same name; rename one")
    return Clips(found=tuple(found), skipped=len(files) - len(wanted))


def copy_clips(clips: Clips, site: Path) -> list[dict[str, Any]]:
    """Put them into the site; their entries of its manifest."""
    (site / FOLDER).mkdir()
    return [_copied(clip, site) for clip in clips.found]


def keep_clips(before: Path, site: Path) -> Sequence[Mapping[str, Any]]:
    """Carry the clips of the site before over; their entries of its manifest."""
    manifest = before / NAME
    if not manifest.is_file():
        return []
    try:
        entries = json.loads(manifest.read_text(encoding="utf-8")).get("clips", [])
    except (ValueError, AttributeError) as error:
        raise InputError(f"{manifest}: is not a manifest ({error})") from error
    if entries:
        shutil.copytree(before / FOLDER, site / FOLDER)
    return list(entries)


def _clip(path: Path) -> Clip:
    kind = path.suffix.lower()
    if kind not in _CODECS:
        raise InputError(f"{path}: is {kind}, which browsers do not play; give {PLAYED}")
    if not _is_unicode(path.name):
        raise InputError(f"{path}: has a name that is not UTF-8, for the page to show; rename it")
    start, magic = _MAGIC[kind]
    if _first_bytes(path, start + len(magic))[start:] != magic:
        raise InputError(f"{path}: is not the {kind[1:]} file that its name promises")
    capture = open_video(path)
    try:
        codec = _codec(capture)
        if codec and codec not in _CODECS[kind]:
            raise InputError(f"{path}: holds {codec}, which browsers do not play; give {PLAYED}")
        if not capture.read()[0]:
            raise InputError(f"{path}: holds no frame that can be decoded")
        return Clip(path=path, seconds=_seconds(capture))
    finally:
        capture.release()


def _is_unicode(name: str) -> bool:
    """Archives from elsewhere leave names in encodings of their own."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first_bytes(path: Path, count: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _codec(capture: cv2.VideoCapture) -> str:
    code = int(capture.get(cv2.CAP_PROP_FOURCC))
    return code.to_bytes(4, "little", signed=True).decode("latin-1").strip("\0 ").upper()


def _seconds(capture: cv2.VideoCapture) -> float:
    """What the file says; a recording made in a browser says nothing, and is run through."""
    count, rate_hz = capture.get(cv2.CAP_PROP_FRAME_COUNT), capture.get(cv2.CAP_PROP_FPS)
    if 0 < count < 2**31 and 0 < rate_hz < _FASTEST_HZ:
        return round(count / rate_hz, 3)
    last_s = 0.0
    while capture.grab():
        last_s = max(last_s, capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
    return round(last_s, 3)


def _copied(clip: Clip, site: Path) -> dict[str, Any]:
    content = clip.path.read_bytes()
    file = f"{FOLDER}/{_address(clip, content)}"
    (site / file).write_bytes(content)
    return {"name": clip.name, "file": file, "seconds": clip.seconds, "bytes": len(content)}


def _address(clip: Clip, content: bytes) -> str:
    """Made of letters that need no escaping, and another one for other content."""
    plain = unicodedata.normalize("NFKD", clip.name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "clip"
    return f"{words}-{hashlib.sha256(content).hexdigest()[:8]}{clip.path.suffix.lower()}"
