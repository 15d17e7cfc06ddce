"""What every node of a cluster must have before it may work."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from face_detect.command import MachineError

Versions = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Without it a node would leave pictures out, or round otherwise."""

    folder: Path
    """From where paths are meant."""
    paths: tuple[Path, ...]
    look: Versions
    """By which a node finds what it has."""
    versions: Mapping[str, str]
    """What it found here."""

    @classmethod
    def here(cls, *paths: Path, look: Versions) -> Needs:
        """As it is where the command was called."""
        whole = tuple(path.absolute() for path in paths)
        return cls(folder=Path.cwd(), paths=whole, look=look, versions=look())

    def enter(self) -> None:
        """On a node: go to where the command was called, or tell what is missing."""
        node = socket.gethostname()
        for path in (self.folder, *self.paths):
            if not path.exists():
                raise MachineError(
                    f"{path}: is not there on node {node}; nodes share the data, a fit's runs and"
                    " models, and the folder in which the command was called, by the same paths"
                )
        for name, here in self.look().items():
            if here != self.versions[name]:
                raise MachineError(
                    f"node {node}: has {name} {here}, not {self.versions[name]}, and could round"
                    " otherwise"
                )
        os.chdir(self.folder)
