"""Make a virtual environment and fill it from lock files; the standard library is all it needs.

python requirements/install.py FOLDER --lock FILE --no-deps FILE [--project]
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class InstallError(Exception):
    """Why the environment cannot be made, and what to do, in one line."""


def install(folder: Path, lock: Path, loose: Path, *, project: bool) -> None:
    """Create `folder` unless its Python already runs, then install exactly what the locks say."""
    python = folder / "bin" / "python"
    if not _runs(python):
        _need_venv()
        _run([sys.executable, "-m", "venv", "--clear", str(folder)], f"{folder}: cannot be created")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _run([*pip, "-r", str(lock)], f"pip could not install {lock}; its reason is above")
    _run([*pip, "--no-deps", "-r", str(loose)], f"pip could not install {loose}; see above")
    if project:
        editable = [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
        _run(editable, "pip could not install the project itself; see above")


def _runs(python: Path) -> bool:
    if not python.exists():
        return False
    check = [str(python), "-c", "import sys, pip; print(sys.version_info[:2])"]
    answer = subprocess.run(check, capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])


def _need_venv() -> None:
    """Debian and Ubuntu ship Python without the module that fills a new environment."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python3.{sys.version_info[1]}-venv"
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        subprocess.run([apt, "update", "-q"])
        _run([apt, "install", "-y", "-q", package], f"apt could not install {package}; see above")
        return
    raise InstallError(
        f"{sys.executable} has no venv module; install the package {package} "
        f"(sudo apt install {package}), then call make again"
    )


def _run(command: list[str], complaint: str) -> None:
    if subprocess.run(command).returncode != 0:
        raise InstallError(complaint)


def main() -> int:
    parser = argparse.ArgumentParser(description="Fill a virtual environment from lock files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lock", type=Path, required=True)
    parser.add_argument("--no-deps", dest="loose", type=Path, required=True)
    parser.add_argument("--project", action="store_true", help="install this checkout as well")
    options = parser.parse_args()
    try:
        install(options.folder, options.lock, options.loose, project=options.project)
    except InstallError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
