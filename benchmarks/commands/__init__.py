"""One file a command of `python -m benchmarks`; its `add(commands)` makes its parser."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
