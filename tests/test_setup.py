"""The set-up says one thing in every place that says it."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from requirements.install import InstallError, _need_venv
from tests.conftest import files_below

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
OPTIONAL = "optionalDependencies"
WEB_LOCKS = sorted(ROOT.glob("*/package-lock.json"))


def pins(lock: Path) -> dict[str, Requirement]:
    lines = [line for line in lock.read_text().splitlines() if line and not line.startswith("#")]
    return {normal(Requirement(line).name): Requirement(line) for line in lines}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def settings() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "setup.cfg")
    return parser


def make(
    *arguments: str, path: str = os.environ["PATH"], cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    command = ["/usr/bin/env", "make", "--no-print-directory", *arguments]
    environment = {"PATH": path, "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_to_one_version(lock: Path) -> None:
    loose = [str(pin) for pin in pins(lock).values() if not str(pin.specifier).startswith("==")]
    assert loose == []


@pytest.mark.parametrize("lock", [*LOCKS, *WEB_LOCKS], ids=lambda lock: lock.name)
def test_a_lock_names_no_registry_and_no_path_of_a_machine(lock: Path) -> None:
    text = lock.read_text()
    if lock.suffix == ".json":
        packages = json.loads(text)["packages"].values()
        text = "\n".join(package.get("resolved", "") for package in packages)
    assert re.findall(r"(?:https?|file|git\+\w+):\S*|--\S+|(?<!\S)/\S+|\+cpu", strip(text)) == []


def strip(lock: str) -> str:
    return "\n".join(line for line in lock.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize("lock", WEB_LOCKS, ids=lambda lock: lock.parent.name)
def test_a_lock_holds_the_optional_packages_of_every_platform(lock: Path) -> None:
    """`npm ci` refuses a lock without them, even on a machine that needs none of them."""
    packages = json.loads(lock.read_text())["packages"]
    wanted = {name for package in packages.values() for name in package.get(OPTIONAL, {})}
    assert wanted - {name.removeprefix("node_modules/") for name in packages} == set()


def test_what_the_project_requires_is_locked() -> None:
    locked = pins(ROOT / "requirements/lock.txt")
    extras = settings()["options.extras_require"].values()
    for line in "\n".join([settings()["options"]["install_requires"], *extras]).split("\n"):
        if line and not line.startswith("#"):
            wanted = Requirement(line)
            version = str(locked[normal(wanted.name)].specifier).removeprefix("==")
            assert wanted.specifier.contains(version), line


def test_setup_cfg_lists_every_package() -> None:
    rooms = ("face_detect", "train", "export", "benchmarks")
    found = {
        ".".join(init.parent.relative_to(ROOT).parts)
        for room in rooms
        for init in (ROOT / room).rglob("__init__.py")
    }
    assert set(settings()["options"]["packages"].split()) == found


def test_every_target_of_the_makefile_is_phony_and_in_the_help() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())
    assert phony == set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))
    helped = set(re.findall(r"^  make ([a-z-]+)", make("help").stdout, re.MULTILINE))
    assert helped == phony - {"help"}


def test_the_makefile_and_the_page_ask_for_the_same_node() -> None:
    engines = json.loads((ROOT / "web/package.json").read_text())["engines"]["node"]
    assert f"NODE_AT_LEAST := {engines.removeprefix('>=')}\n" in (ROOT / "Makefile").read_text()


def test_a_python_of_another_version_is_refused_in_one_sentence(tmp_path: Path) -> None:
    done = make(f"PY_READY={tmp_path}/.ready", "PYTHON=false", f"{tmp_path}/.ready")
    assert done.returncode == 2
    assert done.stderr.startswith("error: facecast needs Python 3.11 or 3.12")


def test_a_machine_without_node_is_told_so(tmp_path: Path) -> None:
    for tool in ("sh", "make", "cat", "cksum", "cut"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")
    done = make("WEB_READY=absent", "absent", path=str(tmp_path))
    assert done.returncode == 2
    assert "error: facecast needs Node" in done.stderr
    assert "found none" in done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A checkout's Makefile and locks, with the stamps that a finished set-up leaves."""
    for name in ("Makefile", "setup.cfg", "requirements", "web/package-lock.json"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, target)
    for stamp in re.findall(r"touch ([^\s;]+)", make("--dry-run", "setup", cwd=tmp_path).stdout):
        (tmp_path / stamp).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / stamp).touch()
    return tmp_path


def test_a_second_setup_does_nothing(installed: Path) -> None:
    assert "Nothing to be done" in make("--dry-run", "setup", cwd=installed).stdout


@pytest.mark.parametrize(("arguments", "measures"), [("--nets slim", True), ("--help", False)])
def test_a_zoo_that_was_only_asked_for_help_is_not_measured(
    installed: Path, arguments: str, measures: bool
) -> None:
    said = make("--dry-run", "zoo", "DATA=my faces", f"ARGS={arguments}", cwd=installed).stdout
    assert '-m train zoo "my faces" --out "studies/zoo"' in said
    assert ("-m benchmarks study" in said) == measures


def test_a_newer_file_with_the_same_text_installs_nothing(installed: Path) -> None:
    os.utime(installed / "requirements/lock.txt", (2e9, 2e9))
    assert "Nothing to be done" in make("--dry-run", "setup", cwd=installed).stdout


@pytest.mark.parametrize(
    ("lock", "says"),
    [("requirements/lock.txt", "--project"), ("web/package-lock.json", "npm ci")],
)
def test_a_changed_lock_is_installed(installed: Path, lock: str, says: str) -> None:
    with (installed / lock).open("a") as file:
        file.write("\n")
    assert says in make("--dry-run", "setup", cwd=installed).stdout


def test_a_lock_that_cannot_be_installed_leaves_one_sentence(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("no-such-package-of-facecast==0\n")
    options = ["--lock", str(lock), "--no-deps", str(lock)]
    script = [sys.executable, "requirements/install.py", sys.prefix, *options]
    offline = {**os.environ, "PIP_NO_INDEX": "1"}
    done = subprocess.run(script, cwd=ROOT, env=offline, capture_output=True, text=True)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith(f"error: pip could not install {lock}")


def test_a_python_without_venv_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(InstallError, match=r"no venv module; .*sudo apt install python3\.1\d-venv"):
        _need_venv()


def test_the_guard_sees_a_new_file_and_not_a_cache(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/module.pyc").touch()
    (tmp_path / "litter.txt").touch()
    assert files_below(tmp_path) == {"litter.txt"}
