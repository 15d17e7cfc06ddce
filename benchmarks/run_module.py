"""Another of our modules in a process of its own, heard line by line."""

from __future__ import annotations

import collections
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def run_module(
    arguments: Sequence[str], folder: Path, on_line: Callable[[str], None]
) -> tuple[int, str]:
    """`python -m` with these in `folder`: its exit code, and the last that it said on stderr."""
    said: collections.deque[str] = collections.deque(maxlen=1)
    # Of Ctrl-C it hears from us alone, and once: a second one would end its tidying up.
    with subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=folder,
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
    return process.returncode, "".join(said).removeprefix("error: ")
