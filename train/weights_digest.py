"""Which weights something was made with."""

from __future__ import annotations

import hashlib
from pathlib import Path

from train.checkpoint import find_weights


def weights_digest(model: Path) -> str:
    """SHA-256 of a weight file, or of the one in a model's folder."""
    path = find_weights(model) if model.is_dir() else model
    return hashlib.sha256(path.read_bytes()).hexdigest()
