"""Export every arm's model once, and keep what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.run_module import run_module
from benchmarks.study.arm_export import ArmExport, Refusal, read_export
from benchmarks.study.arms import Arm
from benchmarks.study.export_key import export_key
from benchmarks.study.export_worker import note_of
from export.options import ROOT
from face_detect.command import InputError

_WORKER = "benchmarks.study.export_worker"


@dataclass(frozen=True, kw_only=True)
class Watching:
    """Whom the exports tell how they go."""

    on_line: Callable[[str, str], None] = lambda arm, line: None
    """A step of an arm's export begins."""
    on_done: Callable[[str, ArmExport | None], None] = lambda arm, export: None
    """None where the machine stood in the way."""


@dataclass(frozen=True, kw_only=True)
class Exports:
    """By the arm's name."""

    done: Mapping[str, ArmExport] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)
    """Where the machine stood in the way; another call tries again."""


def export_arms(arms: Iterable[Arm], folder: Path, watching: Watching | None = None) -> Exports:
    """Into `folder`; what was finished before by the same code is not done again."""
    watching = watching or Watching()
    done: dict[str, ArmExport] = {}
    troubles: dict[str, str] = {}
    for arm in arms:
        if arm.model is None:
            continue
        found = _export(arm, arm.model, folder, watching)
        if isinstance(found, ArmExport):
            done[arm.name] = found
        else:
            troubles[arm.name] = found
        watching.on_done(arm.name, done.get(arm.name))
    return Exports(done=done, troubles=troubles)


def site_of(arm: Arm, folder: Path) -> Path:
    """Where the arm's site is once it is exported."""
    return _out(arm, folder) / "site"


def _out(arm: Arm, folder: Path) -> Path:
    assert arm.model is not None
    return folder / arm.model.name


def _export(arm: Arm, model: Path, folder: Path, watching: Watching) -> ArmExport | str:
    """What became of it, or why it is not known yet."""
    try:
        key = export_key(model)
    except (InputError, FileNotFoundError) as error:
        return ArmExport(key="", refusal=Refusal(error=type(error).__name__, message=str(error)))
    out = _out(arm, folder)
    kept = read_export(note_of(out), key)
    if kept and (kept.refusal or site_of(arm, folder).is_dir()):
        return kept
    arguments = [_WORKER, str(model.resolve()), str(out.resolve()), key]
    code, said = run_module(arguments, ROOT, lambda line: watching.on_line(arm.name, line))
    return read_export(note_of(out), key) or said or f"the export ended with {code}"
