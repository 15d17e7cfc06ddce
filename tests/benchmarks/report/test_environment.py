import hashlib
import os
from pathlib import Path

import pytest

from benchmarks.report.environment import browser_name, this_environment
from benchmarks.site import read_site
from export.browser import Browser
from tests.benchmarks.test_site import build_site

CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36"  # noqa: E501
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


@pytest.mark.parametrize(
    ("agent", "name"), [(CHROMIUM, "Chromium 156"), (FIREFOX, "Firefox 150"), ("odd", "odd")]
)
def test_a_browser_is_told_by_name_and_version(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_the_open_page_says_what_webassembly_may_do_there(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>")
    with Browser(mounts={"/page": tmp_path}, page="/page/index.html") as browser:
        found = this_environment(browser, backend="wasm")
    assert found.browser_name is not None
    assert found.browser_name.startswith("Chromium ")
    assert (found.simd, found.relaxed_simd, found.threads) == (True, True, 1)
    assert found.gpu is None or found.gpu != ""


def test_without_a_browser_the_machine_is_still_told() -> None:
    found = this_environment()
    assert (found.cores, found.browser, found.simd) == (os.cpu_count(), None, None)
    assert found.memory_bytes > 0
    assert found.date.endswith("+00:00")


def test_every_model_of_the_site_is_named_by_its_contract(tmp_path: Path) -> None:
    found = this_environment(None, read_site(build_site(tmp_path))).models
    assert set(found) == {"first", "second"}
    contract = (tmp_path / "first.json").read_bytes()
    assert found["first"] == {"contract": hashlib.sha256(contract).hexdigest(), "variant": "u8"}
