"""Every file of a dataset: of a folder, or of a zip that stays packed."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from face_detect.command import InputError
from face_detect.media import PICTURES
from train.data.archive import is_hidden, list_archive
from train.data.dataset import Problem
from train.data.file import File, file_on_disk


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

    def refusal(self, reason: str) -> InputError:
        """The error for a place with nothing to read, with what stood in the way."""
        kinds = Counter(problem.kind for problem in self.problems)
        seen = "".join(f"; {kind}: {count}" for kind, count in kinds.items())
        zips = [file.name for file in self.ending(".zip")]
        hint = (
            f"; it holds {zips[0]}, which would have to be unpacked or named itself" if zips else ""
        )
        return InputError(f"{self.path}: {reason}{seen}{hint}")


def list_files(path: Path) -> Files:
    """All files below a folder or in a zip, sorted by name, without hidden ones."""
    if path.is_dir():
        return Files(path=path, all=tuple(_in_folder(path)))
    files, problems = list_archive(path)
    return Files(path=path, all=tuple(sorted(files, key=_name)), problems=tuple(problems))


def _in_folder(path: Path) -> list[File]:
    files = []
    for folder, _, names in os.walk(path):
        for name in names:
            file = Path(folder, name)
            shown = file.relative_to(path).as_posix()
            if not is_hidden(shown):
                files.append(file_on_disk(file, shown))
    return sorted(files, key=_name)


def _name(file: File) -> str:
    return file.name
