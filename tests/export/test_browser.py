from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest

from export.browser import Browser, PageError
from face_detect.command import MachineError


def test_a_call_returns_what_the_page_resolves_to(plain_browser: Browser) -> None:
    assert plain_browser.call("echo", {"a": [1, 2.5]}) == {"a": [1, 2.5]}


def test_an_error_of_the_page_keeps_its_message(plain_browser: Browser) -> None:
    with pytest.raises(PageError, match="no such thing"):
        plain_browser.call("fail")


def test_the_console_is_recorded(plain_browser: Browser) -> None:
    plain_browser.call("say", "careful")
    assert "warning: careful" in plain_browser.seen.console


def test_a_request_to_another_origin_is_recorded(plain_browser: Browser) -> None:
    plain_browser.call("ask", "http://127.0.0.1:9/elsewhere")
    assert "http://127.0.0.1:9/elsewhere" in plain_browser.seen.foreign_requests


def test_requests_to_its_own_server_are_not(plain_browser: Browser) -> None:
    plain_browser.call("ask", "/harness/index.html")
    assert not any(plain_browser.address in url for url in plain_browser.seen.foreign_requests)


def test_a_page_that_never_answers_is_the_machines_fault(page: Path) -> None:
    with (
        Browser(mounts={"/harness": page}) as browser,
        pytest.raises(MachineError, match="gave no answer"),
    ):
        browser.call("hang", timeout_s=0.2)


def test_a_chromium_that_dies_is_the_machines_fault(page: Path) -> None:
    with Browser(mounts={"/harness": page}) as browser:
        browser.call("echo", 1)
        os.kill(browser.process_id, 9)
        with pytest.raises(MachineError, match="died"):
            browser.call("hang", timeout_s=30)


def test_a_page_that_does_not_open_is_the_machines_fault(page: Path) -> None:
    with (
        Browser(mounts={"/harness": page}) as browser,
        pytest.raises(MachineError, match="did not open the page"),
    ):
        browser.do(
            lambda opened: opened.goto(f"{browser.address}/harness/index.html", timeout=1e-3)
        )


def test_no_process_and_no_profile_outlives_the_block(page: Path) -> None:
    with Browser(mounts={"/harness": page}) as browser:
        browser.call("echo", 1)
        process, profile = browser.process_id, browser.profile
    assert not Path(f"/proc/{process}").exists()
    assert not profile.exists()


def test_a_program_that_is_no_chromium_is_the_machines_fault(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("export.browser.find_chromium", lambda: Path("/bin/false"))
    with (
        Browser(mounts={"/harness": page}) as browser,
        pytest.raises(MachineError, match="does not start"),
    ):
        browser.call("echo", 1)


def drivers() -> set[int]:
    children = psutil.Process().children()
    return {child.pid for child in children if "playwright" in " ".join(child.cmdline())}


@pytest.mark.parametrize("delay_s", [0.0, 0.5, 0.6, 0.7])
def test_leaving_while_the_page_still_opens_comes_back(page: Path, delay_s: float) -> None:
    """At some moments the driver never hears that Chromium is gone."""
    before = drivers()
    with Browser(mounts={"/harness": page}):
        time.sleep(delay_s)
    assert drivers() == before
