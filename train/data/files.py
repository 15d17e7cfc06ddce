"""Every file of a dataset: of a folder, or of a zip that stays packed."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from face_detect.command import InputError
from face_detect.media import PICTURES
from train.data.archive import is_hidden, list_archive
from train.data.dataset import Dataset, Framing, Problem
from train.data.file import File, file_on_disk
from train.data.record import Record


@dataclass(frozen=True, kw_only=True)
class Files:
    """What lies in one place, by name."""

    path: Path
    all: tuple[File, ...]
    problems: tuple[Problem, ...] = ()

    def pictures(self) -> list[File]:
        return self.ending(*PICTURES)

    def ending(self, *suffixes: str) -> list[File]:
        return [file for file in self.all if file.suffix in suffixes]

    def dataset(
        self,
        reader: str,
        records: Iterable[Record],
        problems: Iterable[Problem],
        *,
        framing: Framing | None,
        otherwise: str,
    ) -> Dataset:
        """What a reader made of them; `otherwise` says why there is nothing, if so."""
        found, left_out = tuple(records), tuple(problems)
        if not found:
            raise self.refusal(otherwise, left_out)
        return Dataset(
            name=_shown(Path(self.path.name)),
            format=reader,
            records=found,
            framing=framing,
            problems=left_out,
        )

    def refusal(self, reason: str, problems: Sequence[Problem] = ()) -> InputError:
        """The error for a place with nothing to read, with what stood in the way."""
        kinds = Counter(problem.kind for problem in problems or self.problems)
        seen = "".join(f"; {kind}: {count}" for kind, count in kinds.items())
        zips = [file.name for file in self.ending(".zip")]
        hint = "; unpack or name the zip that it holds: " + zips[0] if zips else ""
        return InputError(f"{self.path}: {reason}{seen}{hint}")


def list_files(path: Path) -> Files:
    """All files below a folder or in a zip, sorted by name, without hidden ones."""
    files, problems = _list_folder(path) if path.is_dir() else list_archive(path)
    return Files(path=path, all=tuple(sorted(files, key=_name)), problems=tuple(problems))


def _list_folder(path: Path) -> tuple[list[File], list[Problem]]:
    """Links to folders are followed; what cannot be listed or was listed before is reported."""
    files: dict[str, File] = {}
    problems: list[Problem] = []
    listed: set[str] = set()
    for folder, below, names in os.walk(
        path, followlinks=True, onerror=lambda error: problems.append(_unlisted(path, error))
    ):
        place = Path(folder).relative_to(path)
        # A link may lead back to a folder above it, or to one beside it.
        if (true_path := os.path.realpath(folder)) in listed:
            below.clear()
            problems.append(Problem(name=_shown(place), kind="folder linked twice"))
            continue
        listed.add(true_path)
        below[:] = _named(below, place, problems)
        for name in _named(names, place, problems):
            file = file_on_disk(path / place / name, (place / name).as_posix())
            if file.name in files:
                detail = "in composed and in decomposed Unicode"
                problems.append(Problem(name=file.name, kind="named twice", detail=detail))
            else:
                files[file.name] = file
    return list(files.values()), problems


def _named(names: Iterable[str], place: Path, problems: list[Problem]) -> Iterator[str]:
    """Those that are not hidden, sorted, and that can be written down: Korean Windows' names,
    unpacked without their encoding, are no text."""
    for name in sorted(names):
        if is_hidden(name):
            continue
        if _text(name) == name:
            yield name
        else:
            problems.append(Problem(name=_shown(place / name), kind="name is not UTF-8"))


def _text(name: str) -> str:
    """Bytes that are not UTF-8 as \\xNN."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _unlisted(path: Path, error: OSError) -> Problem:
    place = Path(error.filename).relative_to(path)
    return Problem(name=_shown(place), kind="folder cannot be read", detail=error.strerror or "")


def _shown(place: Path) -> str:
    return unicodedata.normalize("NFC", _text(place.as_posix()))


def _name(file: File) -> str:
    return file.name
