"""What the page's own policy, and its headers', keep out, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Worker

from export import serve as server
from tests.web.conftest import READY, Visit, visit

# Later, for what DevTools itself evaluates is spared from the policy.
TRY = """() => new Promise((done) => setTimeout(() => {
    try { %s; done("nothing"); } catch (error) { done(error.name); }
}))"""
KEPT = "navigator.serviceWorker.ready.then(() => true)"
TO_ANYONE = "url => fetch(url, { mode: 'no-cors' }).then(() => null)"


def tried(place: Page | Worker, code: str) -> str:
    """The name of the error that it ends in."""
    return str(place.evaluate(TRY % code))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The address of another origin."""
    (tmp_path / "index.html").write_text("elsewhere")
    with server.serve({"/": tmp_path}) as address:
        yield f"{address}/"


@pytest.fixture
def with_headers(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server sends the site's policy, as hosts that read `_headers` do."""
    name = "Content-Security-Policy"
    lines = (site / "_headers").read_text().splitlines()
    (policy,) = (line.split(": ", 1)[1] for line in lines if name in line)
    plain = server._Handler.end_headers

    def end_headers(handler: server._Handler) -> None:
        handler.send_header(name, policy)
        plain(handler)

    monkeypatch.setattr(server._Handler, "end_headers", end_headers)


def worker_of(visited: Visit) -> Worker:
    (worker,) = (each for each in visited.page.workers if each.url.startswith("blob:"))
    return worker


def test_no_string_becomes_a_script_or_a_part_of_the_page(visited: Visit) -> None:
    visited.wait(READY)
    attempts = {
        "document.body.innerHTML = '<b>new</b>'": "TypeError",
        "document.body.insertAdjacentHTML('beforeend', '<b>new</b>')": "TypeError",
        "document.createElement('script').text = '1'": "TypeError",
        "document.createElement('b').setAttribute('onclick', '1')": "TypeError",
        "new Worker('./sw.js')": "TypeError",
        "eval('1')": "EvalError",
        "new Function('1')": "EvalError",
    }
    assert {code: tried(visited.page, code) for code in attempts} == attempts


def test_nobody_else_gets_a_policy_of_trusted_types(visited: Visit) -> None:
    visited.wait(READY)
    for name in ("facecast", "default", "other"):
        assert tried(visited.page, f"trustedTypes.createPolicy('{name}', {{}})") == "TypeError"


def test_the_worker_is_bound_as_the_window_is(visited: Visit) -> None:
    visited.wait(READY)
    assert tried(worker_of(visited), "eval('1')") == "EvalError"
    assert tried(worker_of(visited), "trustedTypes.createPolicy('other', {})") == "TypeError"


def test_an_inline_script_does_not_run(chromium: Browser, site: Path, tmp_path: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    inline = "<script>window.ran = true</script></body>"
    (tmp_path / "index.html").write_text(page.replace("</body>", inline), encoding="utf-8")
    with visit(chromium, tmp_path) as visited:
        assert visited.page.evaluate("document.scripts.length") == 3
        assert visited.page.evaluate("window.ran") is None


@pytest.mark.usefixtures("with_headers")
def test_neither_window_nor_worker_nor_service_worker_reaches_another_origin(
    visited: Visit, elsewhere: str
) -> None:
    visited.wait(READY)
    visited.wait(KEPT)
    (kept,) = visited.page.context.service_workers
    for place in (visited.page, worker_of(visited), kept):
        with pytest.raises(Error, match="Failed to fetch"):
            place.evaluate(TO_ANYONE, elsewhere)
