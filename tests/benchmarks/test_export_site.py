import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import export_site as module
from benchmarks.export_site import export_site
from face_detect.command import MachineError


def plant(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    """A package of this name in place of ours."""
    (folder / "export").mkdir()
    (folder / "export/__main__.py").write_text(body)
    monkeypatch.setattr(module, "ROOT", folder)


def test_the_export_is_told_where_to_and_each_line_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, tmp_path, "import sys\nsys.stderr.write(' '.join(sys.argv[1:]) + '\\nb\\n')")
    heard: list[str] = []
    assert export_site(tmp_path / "dist", heard.append) == tmp_path / "dist/site"
    assert heard == [f"--out {tmp_path / 'dist'}", "b"]


def test_an_export_that_fails_ends_with_its_own_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "import sys\nsys.stderr.write('reading\\nerror: no models\\n')\nsys.exit(2)"
    plant(monkeypatch, tmp_path, body)
    with pytest.raises(MachineError, match="the export failed: no models"):
        export_site(tmp_path / "dist")


def test_ctrl_c_waits_until_the_export_has_tidied_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = """
import sys, time
from pathlib import Path
try:
    sys.stderr.write("begun\\n"); sys.stderr.flush(); time.sleep(60)
except KeyboardInterrupt:
    Path("tidy").touch()
"""
    plant(monkeypatch, tmp_path, body)

    def interrupt(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_site(tmp_path / "dist", interrupt)
    assert (tmp_path / "tidy").exists()


def test_the_checkouts_own_export_understands_what_it_is_told() -> None:
    asked = [sys.executable, "-m", "export", "--out", "dist", "--help"]
    assert subprocess.run(asked, cwd=module.ROOT, capture_output=True).returncode == 0
