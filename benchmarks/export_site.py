"""The site that is measured, exported from every model of the checkout."""

from __future__ import annotations

import collections
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from face_detect.command import MachineError

ROOT = Path(__file__).resolve().parent.parent


def export_site(out: Path, on_line: Callable[[str], None] = lambda line: None) -> Path:
    """In a process of its own, so that nothing of TensorFlow is there while we measure."""
    command = [sys.executable, "-m", "export", "--out", str(out.resolve())]
    said: collections.deque[str] = collections.deque(maxlen=1)
    # Of Ctrl-C it hears from us alone, and once: a second one would end its tidying up.
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            for line in process.stderr or ():
                said.append(line.strip())
                on_line(said[0])
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.communicate()
            raise
    if process.returncode:
        why = " ".join(said).removeprefix("error: ")
        raise MachineError(f"the export failed: {why or f'exit code {process.returncode}'}")
    return out / "site"
