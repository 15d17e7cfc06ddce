from __future__ import annotations

from pathlib import Path

import pytest

from export.serve_command import serve_command
from face_detect.command import InputError


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no index\.html"):
        serve_command([str(tmp_path)])


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_cannot_be_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(InputError, match=f"--port {port}"):
        serve_command([str(tmp_path), "--port", port])
