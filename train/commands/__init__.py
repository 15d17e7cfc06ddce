"""One file a command of `python -m train`; each has `add(commands)`, which makes its parser."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
