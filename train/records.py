"""A run's folder: what was asked for, what happened, and what came out. Nothing is overwritten."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from tensorboardX import SummaryWriter

from face_detect.command import InputError
from train.aside import replacing
from train.code_version import code_version, command_line, package_versions
from train.curves import draw_curves
from train.lock import lock
from train.metrics import Rows, read_metrics, write_metrics

CONFIG, DONE, CONSOLE, METRICS, CURVES = (
    "config.json",
    "done.json",
    "console.log",
    "metrics.csv",
    "curves.png",
)
_DRAWN_EVERY_S = 10.0
"""Drawing takes longer than an epoch of a small net does."""


class RunRecord:
    """The folder of a run that is going on. It holds a lock, so a run is never taken up twice."""

    folder: Path
    rows: Rows
    """Figures of every epoch so far; `train.metrics` names the usual ones."""

    def __init__(self, folder: Path) -> None:
        """Use `create` or `unfinished`."""
        self._lock = lock(folder)
        if self._lock is None:
            raise InputError(f"{folder}: is the folder of a run that is still going on")
        self.folder = folder
        self.rows = read_metrics(folder / METRICS)
        self._console = (folder / CONSOLE).open("a", encoding="utf-8")
        self._board: SummaryWriter | None = None
        self._drawn_s = time.monotonic()
        self._undrawn = bool(self.rows)

    @classmethod
    def create(cls, root: Path, name: str, config: Mapping[str, Any]) -> Self:
        """A new folder `root/NAME-001`, or the next number that is free.

        `config` is all that decides what comes out: options, seed, the data's fingerprint.
        """
        document = {
            "name": name,
            "fingerprint": fingerprint(config),
            "started": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
            "command": command_line(),
            "code": code_version(),
            "packages": package_versions(),
            "config": config,
        }
        folder = _new_folder(root, name)
        record = cls(folder)
        _write_json(folder / CONFIG, document)
        return record

    @classmethod
    def unfinished(cls, root: Path, name: str, fingerprint: str) -> Self | None:
        """The latest interrupted run of this name and configuration, to be taken up again."""
        folder = find_run(root, name, fingerprint, done=False)
        return None if folder is None else cls(folder)

    def say(self, line: str) -> None:
        """Add a line to the console log, with the time."""
        now = datetime.datetime.now().astimezone().isoformat(" ", timespec="seconds")
        self._console.write(f"{now}  {line}\n")
        self._console.flush()

    def epoch(self, number: int, figures: Mapping[str, float]) -> None:
        """Add an epoch's figures. Rows from this number on are an interrupted try, and go. The
        curves follow some seconds later."""
        self.rows = [row for row in self.rows if row["epoch"] < number]
        self.rows.append({"epoch": number, **figures})
        write_metrics(self.folder / METRICS, self.rows)
        if self._board is None:
            self._board = SummaryWriter(str(self.folder / "tensorboard"), purge_step=number)
        for key, value in figures.items():
            self._board.add_scalar(key, value, number)
        self._board.flush()
        self._undrawn = True
        if time.monotonic() - self._drawn_s >= _DRAWN_EVERY_S:
            self.draw()

    def draw(self) -> None:
        """The curves of all epochs so far."""
        if self._undrawn:
            _write_bytes(self.folder / CURVES, draw_curves({self.folder.name: self.rows}))
            self._undrawn = False
            self._drawn_s = time.monotonic()

    def finish(self, figures: Mapping[str, Any]) -> None:
        """Write the final figures: from now on the run is finished."""
        _write_json(self.folder / DONE, figures)
        self.close()

    def close(self) -> None:
        """Draw what is not drawn yet, close the files and give the lock back."""
        try:
            self.draw()
        finally:
            if self._board is not None:
                self._board.close()
                self._board = None
            self._console.close()
            if self._lock is not None:
                self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def fingerprint(config: Mapping[str, Any]) -> str:
    """One hash over a configuration; runs of equal ones are the same run."""
    return hashlib.sha256(json.dumps(config, sort_keys=True, default=_plain).encode()).hexdigest()


def run_folders(root: Path, name: str | None = None) -> list[Path]:
    """The folders of all runs, or of those of one name, in order of name and number."""
    pattern = re.compile(r"(.+)-(\d{3,})")
    found = []
    for folder in root.iterdir() if root.is_dir() else ():
        match = pattern.fullmatch(folder.name)
        if match and folder.is_dir() and name in (None, match[1]):
            found.append((match[1], int(match[2]), folder))
    return [folder for *_, folder in sorted(found)]


def find_run(root: Path, name: str, fingerprint: str, *, done: bool) -> Path | None:
    """The folder of the latest run of this configuration: finished, or interrupted."""
    for folder in reversed(run_folders(root, name)):
        if (folder / DONE).exists() != done or not (folder / CONFIG).exists():
            continue
        if not done and is_running(folder):
            continue
        if json.loads((folder / CONFIG).read_text("utf-8"))["fingerprint"] == fingerprint:
            return folder
    return None


def is_running(folder: Path) -> bool:
    """Whether a living process holds the run's lock."""
    held = lock(folder)
    if held is None:
        return True
    held.close()
    return False


def _new_folder(root: Path, name: str) -> Path:
    taken = run_folders(root, name)
    number = int(taken[-1].name.rsplit("-", 1)[1]) + 1 if taken else 1
    while True:
        folder = root / f"{name}-{number:03}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:  # another run that starts at the same moment
            number += 1
        else:
            return folder


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    text = json.dumps(document, indent=2, ensure_ascii=False, default=_plain)
    _write_bytes(path, f"{text}\n".encode())


def _write_bytes(path: Path, content: bytes) -> None:
    with replacing(path) as stream:
        stream.write(content)


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{value!r} cannot be part of a run's configuration")
