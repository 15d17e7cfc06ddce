"""What a command is about to write, checked before the work begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from face_detect.command import InputError


def check_output(
    file: Path | None, suffixes: tuple[str, ...], inputs: Iterable[Path | str] = ()
) -> None:
    """Complain of a name that says another kind, of a folder, and of one of the inputs."""
    if file is None:
        return
    if file.suffix.lower() not in suffixes:
        raise InputError(f"{file}: its name must end with {' or '.join(suffixes)}")
    if file.is_dir():
        raise InputError(f"{file}: is a folder, not a file")
    if not file.parent.is_dir():
        raise InputError(f"{file}: its folder does not exist")
    if file.exists() and any(Path(each).exists() and file.samefile(each) for each in inputs):
        raise InputError(f"{file}: is read from, so it cannot be written to; choose another name")
