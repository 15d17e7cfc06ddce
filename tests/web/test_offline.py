"""The site without a network, updated, and where storage is refused, in a real Chromium."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from export.manifest import NAME
from export.offline import write_offline
from export.serve import find, serve
from tests.web.conftest import HAS_VERDICT, READY, SUB_PATH, Visit

KEPT = "navigator.serviceWorker.ready.then(() => true)"
CACHES = "caches.keys().then((names) => names.length)"
CONTROLLED = "navigator.serviceWorker.controller !== null"
# From the page's own folder, as the page itself asks: both of one version, or of two?
WHOLE = """async () => {
  const manifest = await (await fetch("manifest.json")).json();
  const page = await (await fetch("./")).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", page));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === manifest.files["index.html"].sha256;
}"""
# Resolves with the state that an update ends in: waiting for the old pages, or thrown away.
UPDATE = """async () => {
  const found = await navigator.serviceWorker.getRegistration();
  await found.update();
  const { installing } = found;
  if (installing === null) return found.waiting?.state ?? "none";
  return new Promise((done) => {
    installing.onstatechange = () => done(installing.state);
  });
}"""


@pytest.fixture
def own(site: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may change."""
    target = tmp_path / "site"
    shutil.copytree(site, target, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    return target


class Host:
    """A server that can go down, and a visitor with as many tabs as wanted."""

    def __init__(self, context: BrowserContext, folder: Path, ending: contextlib.ExitStack) -> None:
        self.context, self._ending = context, ending
        self.address = f"{ending.enter_context(serve({SUB_PATH: folder}))}{SUB_PATH}/"
        self.console: list[str] = []
        context.on("console", lambda line: self.console.append(f"{line.type}: {line.text}"))
        context.on("weberror", lambda error: self.console.append(f"error: {error.error}"))

    def open(self) -> Visit:
        """Another tab with the page, its model ready."""
        seen = Visit(page=self.context.new_page(), address=self.address)
        seen.page.goto(self.address)
        seen.wait(READY)
        return seen

    def open_kept(self) -> Visit:
        """A tab that the service worker answers from its first file on."""
        seen = self.open()
        seen.wait(KEPT)
        seen.page.reload()
        seen.wait(READY)
        assert seen.page.evaluate(CONTROLLED)
        return seen

    def go_down(self) -> None:
        self._ending.close()


@pytest.fixture
def host(chromium: Browser, own: Path) -> Iterator[Host]:
    with chromium.new_context() as context, contextlib.ExitStack() as ending:
        yield Host(context, own, ending)


def publish(site: Path, title: str, *, half: bool = False) -> None:
    """Upload another version, whose page bears the title; half of it: all but the page."""
    page = (site / "index.html").read_text(encoding="utf-8")
    page = page.replace("<title>facecast", f"<title>{title}")
    document = json.loads((site / NAME).read_text(encoding="utf-8"))
    document["files"]["index.html"]["sha256"] = sha256(page.encode()).hexdigest()
    (site / NAME).write_text(json.dumps(document), encoding="utf-8")
    worker = site / "sw.js"
    worker.write_text(worker.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    write_offline(site)
    if not half:
        (site / "index.html").write_text(page, encoding="utf-8")


def read_a_face(seen: Visit) -> None:
    """From Chromium's fake camera."""
    seen.page.click("#live-on")
    seen.wait(HAS_VERDICT)


def test_after_one_visit_two_tabs_at_once_read_a_face_without_a_network(host: Host) -> None:
    tabs = [host.open()]
    tabs[0].wait(KEPT)
    tabs.append(host.open())
    host.go_down()
    for tab in tabs:
        tab.page.reload()
    for tab in tabs:
        tab.wait(READY)
        read_a_face(tab)
    assert host.console == []


def test_the_first_visit_is_not_paid_for_twice(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(mounts: dict[str, Path], url: str) -> Path | None:
        asked.append(url)
        return find(mounts, url)

    monkeypatch.setattr("export.serve.find", noted)
    host.open().wait(KEPT)
    large = [url for url in asked if url.endswith((".js", ".wasm", ".bin"))]
    assert any(url.endswith("weights.bin") for url in large)
    assert len(large) == len(set(large))


def test_an_update_waits_for_the_last_old_tab_and_then_comes_whole(host: Host, own: Path) -> None:
    tabs = [host.open_kept(), host.open()]
    publish(own, "newer")
    assert tabs[0].page.evaluate(UPDATE) == "installed"
    for tab in tabs:
        tab.page.reload()
        tab.wait(READY)
        assert tab.page.title() == "facecast"
        assert tab.page.evaluate(WHOLE)
        read_a_face(tab)
        tab.page.close()
    latest = visit_until(host, "newer")
    assert latest.evaluate(WHOLE)
    assert latest.evaluate(CACHES) == 1


def visit_until(host: Host, title: str) -> Page:
    """Chromium gives way to the new version in its own time once no tab is left."""
    for _ in range(50):
        page = host.context.new_page()
        page.goto(host.address)
        if page.title() == title:
            return page
        page.close()
    raise AssertionError(f"{title} does not come")


def test_half_an_upload_is_not_taken(host: Host, own: Path) -> None:
    tab = host.open_kept()
    publish(own, "newer", half=True)
    assert tab.page.evaluate(UPDATE) == "redundant"
    host.go_down()
    tab.page.reload()
    tab.wait(READY)
    assert tab.page.evaluate(WHOLE)
    assert tab.page.evaluate(CACHES) == 1


REFUSED = "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('no'))"


@pytest.mark.parametrize(
    "refusal",
    [
        "delete Navigator.prototype.serviceWorker",
        "delete window.caches",
        f"if (window.isSecureContext) {REFUSED}",
    ],
)
def test_refused_storage_changes_nothing_and_is_not_told(host: Host, refusal: str) -> None:
    host.context.add_init_script(refusal)
    read_a_face(host.open())
    assert host.console == []


def test_the_page_can_be_installed(host: Host) -> None:
    page = host.open().page
    page.evaluate(KEPT)
    devtools = host.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["url"] == f"{host.address}site.webmanifest"
    assert manifest["errors"] == []
    found = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Each test has a private window, the one thing that Chromium minds.
    assert {error["errorId"] for error in found} <= {"in-incognito"}
