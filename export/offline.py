"""Tells the service worker which files make one version of the site."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from export.clips import FOLDER as CLIPS
from export.manifest import NAME, SERVICE_WORKER

# Hosts read `_headers` and keep it; clips are large, and asked for in parts.
_NEVER = ("_headers", f"{CLIPS}/")
# Backends that hardly any machine needs, what the system itself keeps of an installed page,
# and models, of which only the first is wanted: kept when a visit asked for them.
_LATER = ("assets/later/", "icons/", "models/")


def write_offline(site: Path) -> None:
    """Write the list into a complete site's service worker: its bytes change with any file's."""
    text = (site / NAME).read_text(encoding="utf-8")
    listed = json.dumps(_listed(text), separators=(",", ":"), sort_keys=True)
    worker = site / SERVICE_WORKER
    worker.write_text(f"const SITE={listed};\n{worker.read_text(encoding='utf-8')}", "utf-8")
    for suffix in (".br", ".gz"):
        worker.with_name(worker.name + suffix).unlink(missing_ok=True)


def _listed(manifest: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(manifest)
    files = {path: file["sha256"] for path, file in document["files"].items()}
    files[NAME] = hashlib.sha256(manifest.encode()).hexdigest()
    files = {path: sha256 for path, sha256 in files.items() if not path.startswith(_NEVER)}
    default = f"models/{document['default']}/"
    first = [path for path in files if path.startswith(default) or not path.startswith(_LATER)]
    return {"version": _version(files), "files": files, "first": sorted(first)}


def _version(files: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
