"""What past runs came to, one beside the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from face_detect.command import InputError
from train.metrics import Rows, best_row, read_metrics
from train.records import CONFIG, DONE, METRICS, is_running, run_folders

State = Literal["finished", "running", "interrupted"]


@dataclass(frozen=True, kw_only=True)
class PastRun:
    """A run's folder, read."""

    folder: Path
    state: State
    started: str
    settings: Mapping[str, Any]
    """The configuration, code and packages, flat: "options.rate" to 0.002."""
    rows: Rows
    final: Mapping[str, Any]
    """What `done.json` says; empty until the run is finished."""

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def best(self) -> Mapping[str, float]:
        """The best epoch by the run's own metric."""
        return best_row(self.rows, str(self.setting("choose_by") or "accuracy")) or {}

    @property
    def last(self) -> Mapping[str, float]:
        return self.rows[-1] if self.rows else {}

    def setting(self, key: str) -> Any:
        """A setting by its last name, wherever in the configuration it stands."""
        for full, value in self.settings.items():
            if full.rsplit(".", 1)[-1] == key:
                return value
        return None


def find_runs(root: Path, wanted: Sequence[str] = ()) -> list[PastRun]:
    """All runs below `root`, or those of the wanted names; "NAME" means each of its numbers."""
    folders = [folder for folder in run_folders(root) if (folder / CONFIG).is_file()]
    if not wanted:
        return [_read(folder) for folder in folders]
    chosen: dict[Path, None] = {}
    for name in wanted:
        known = [folder for folder in folders if _answers_to(folder, name)]
        if not known:
            raise InputError(f"{root}: holds no run named {name!r}")
        chosen.update(dict.fromkeys(known))
    return [_read(folder) for folder in chosen]


def differences(runs: Sequence[PastRun]) -> dict[str, list[Any]]:
    """Each setting that is not the same in all runs, with its value in every one."""
    keys = dict.fromkeys(key for run in runs for key in run.settings)
    table = {key: [run.settings.get(key) for run in runs] for key in keys}
    return {
        key: values for key, values in table.items() if any(value != values[0] for value in values)
    }


def _answers_to(folder: Path, name: str) -> bool:
    return name in (folder.name, folder.name.rsplit("-", 1)[0])


def _read(folder: Path) -> PastRun:
    document, final = _json(folder / CONFIG), {}
    if (folder / DONE).is_file():
        final = _json(folder / DONE)
        state: State = "finished"
    else:
        state = "running" if is_running(folder) else "interrupted"
    settings = _flat(document.get("config", {}))
    settings |= _flat({key: document.get(key) for key in ("code", "packages")})
    return PastRun(
        folder=folder,
        state=state,
        started=str(document.get("started", "")),
        settings=settings,
        rows=read_metrics(folder / METRICS),
        final=final,
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: is not JSON ({error})") from error
    if not isinstance(document, dict):
        raise InputError(f"{path}: is not an object")
    return document


def _flat(document: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in document.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found
