from pathlib import Path

import pytest

from export.chromium import find_chromium, install_chromium
from face_detect.command import MachineError


@pytest.fixture
def no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PATH is one empty folder, and Playwright's own download is not there."""
    monkeypatch.delenv("FACECAST_CHROMIUM", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def script(path: Path, code: int) -> Path:
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_a_machine_without_chromium_is_told_what_to_do(no_browser: Path) -> None:
    with pytest.raises(MachineError, match=r"install one .* FACECAST_CHROMIUM") as caught:
        find_chromium()
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)


def test_the_named_executable_comes_first(
    no_browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(no_browser / "chromium", 0)
    named = script(no_browser / "mine", 0)
    monkeypatch.setenv("FACECAST_CHROMIUM", str(named))
    assert find_chromium() == named


def test_a_named_executable_that_does_not_run_is_not_replaced_in_silence(
    no_browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(no_browser / "chromium", 0)
    monkeypatch.setenv("FACECAST_CHROMIUM", str(no_browser / "absent"))
    with pytest.raises(MachineError, match=r"absent: FACECAST_CHROMIUM names no Chromium"):
        find_chromium()


def test_a_stub_that_does_not_run_is_passed_over(no_browser: Path) -> None:
    script(no_browser / "chromium-browser", 1)
    works = script(no_browser / "google-chrome", 0)
    assert find_chromium() == works


def test_nothing_is_installed_where_a_chromium_runs(no_browser: Path) -> None:
    script(no_browser / "apt-get", 1)
    found = script(no_browser / "chromium", 0)
    assert install_chromium() == found


def test_apt_installs_it_where_it_can(no_browser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{no_browser}")
    apt = no_browser / "apt-get"
    apt.write_text(f'#!/bin/sh\n[ "$1" = update ] || /bin/ln -s /bin/true {no_browser}/chromium\n')
    apt.chmod(0o755)
    assert install_chromium() == no_browser / "chromium"
