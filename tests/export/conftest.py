"""What several tests of the export share: one browser, one page, one small model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from export.browser import Browser

FACE_API = Path("web/node_modules/@vladmandic/face-api")

_PAGE = """<!doctype html><link rel=icon href="data:,"><script>
window.facecast = {
  echo: async (value) => value,
  fail: async () => { throw new Error("no such thing"); },
  hang: () => new Promise(() => {}),
  say: async (text) => console.warn(text),
  ask: async (url) => { await fetch(url).catch(() => {}); },
};
</script>"""


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text(_PAGE)
    return folder


@pytest.fixture(scope="session")
def plain_browser(page: Path) -> Iterator[Browser]:
    """A browser on a page that only echoes."""
    with Browser(mounts={"/harness": page}) as browser:
        yield browser
