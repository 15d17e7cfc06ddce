"""`python -m export serve DIR`: look at a site as any plain file server would hand it out."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from export.serve import serve
from face_detect.command import InputError


def serve_command(arguments: Sequence[str]) -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m export serve", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("dist/site"))
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prefix", default="/", help="a sub-path, as on GitHub Pages")
    given = parser.parse_args(arguments)
    if not 0 <= given.port < 1 << 16:
        raise InputError(f"--port {given.port}: is not from 0 to 65535")
    if not (given.folder / "index.html").is_file():
        raise InputError(f"{given.folder}: holds no index.html; run make export first")
    with serve({given.prefix: given.folder}, given.port) as address:
        prefix = given.prefix.strip("/")
        sys.stderr.write(f"{address}/{prefix + '/' if prefix else ''} (Ctrl-C ends it)\n")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
