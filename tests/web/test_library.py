"""The built library on pages that are not ours: another folder, a strict policy, the examples."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from export.serve import serve
from tests.web.conftest import DEMO, ROOT, Visit

# What docs/library.md asks of a page, and nothing else.
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "connect-src 'self'; img-src data:; media-src 'self' blob:; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types facecast"
)
_PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Not ours</title><link rel="icon" href="data:,"><main></main></html>"""
_THEIRS = "/people/their page"

_OPEN = """async () => {
  const base = new URL("vendor/facecast/", document.baseURI).href;
  window.facecast = await import(`${base}facecast.js`);
  window.openReader = () => window.reader = new facecast.FaceReader({ base });
}"""
_PHOTO = """async () => {
  const photo = await (await fetch("pictures/sample1.jpg")).blob();
  const { faces } = await openReader().picture(photo);
  const [{ labels, probabilities }] = faces[0].heads;
  return [labels.length, probabilities.reduce((a, b) => a + b)];
}"""
_FOLLOW = """async (wanted) => {
  const video = document.createElement("video");
  Object.assign(video, { src: "media/face.webm", muted: true, loop: true });
  document.querySelector("main").append(video);
  await video.play();
  const abort = new AbortController();
  const { signal } = abort;
  const seen = [];
  let bitmaps = 0;
  const { createImageBitmap } = window;
  window.createImageBitmap = (source) => (bitmaps++, createImageBitmap(source));
  const stream = openReader().stream({ faces: 1 });
  for await (const { result, media_s } of facecast.follow(stream, video, { signal })) {
    seen.push({ tensors: result.tensors, faces: result.faces.map(({ id }) => id), media_s });
    if (seen.length === wanted) abort.abort();
  }
  return [seen, bitmaps];
}"""
_FRAME_OR_BITMAP = """async () => {
  const video = document.createElement("video");
  Object.assign(video, { src: "media/face.webm", muted: true });
  document.querySelector("main").append(video);
  await new Promise((shown) => video.requestVideoFrameCallback(shown));
  const reader = openReader();
  await reader.ready();
  const read = (picture) => reader.stream({ faces: 1 }).frame(picture, 0);
  const own = await read(new VideoFrame(video));
  const bitmap = await read(await createImageBitmap(video));
  return [own.faces.length, JSON.stringify(own.faces) === JSON.stringify(bitmap.faces)];
}"""
_ABORT = """async () => {
  const photo = await (await fetch("pictures/sample1.jpg")).blob();
  const clip = await (await fetch("media/face.webm")).blob();
  const reader = openReader();
  await reader.ready();
  const nameOf = (work) => work.then(() => "done", ({ name }) => name);
  const abort = new AbortController();
  const opened = await facecast.openClip(clip);
  const reading = facecast.readClip(reader.stream(), opened, { signal: abort.signal });
  await reading.next();
  const next = nameOf(reading.next());
  const picture = nameOf(reader.picture(photo, abort.signal));
  abort.abort();
  const names = [await picture, await next];
  opened.close();
  return [...names, (await reader.picture(photo)).faces.length > 0];
}"""
_COMPARE = """async () => {
  const file = await (await fetch("media/face.webm")).blob();
  const clip = await facecast.openClip(file);
  const reader = openReader();
  const { heads } = await reader.ready();
  const read = [];
  const stream = reader.stream({ faces: 1, smooth_ms: 0 });
  for await (const { time_s, result } of facecast.readClip(stream, clip)) {
    read.push([time_s, result.faces[0]?.heads[0]]);
  }
  clip.close();
  const curves = {
    labels: heads[0].labels,
    times_s: read.map(([time_s]) => time_s),
    probabilities: read.map(([, head]) => head?.probabilities ?? null),
    uncertain: read.map(([, head]) => head?.uncertain ?? false),
  };
  return [read.length, (await reader.compare(curves, curves)).score];
}"""
_ELEMENT = """async (attributes) => {
  await facecast.defineFaceEmotion();
  const element = document.createElement("face-emotion");
  element.heard = { ready: [], result: [], fault: [] };
  for (const [kind, heard] of Object.entries(element.heard)) {
    element.addEventListener(kind, ({ detail }) => heard.push(detail));
  }
  element.setAttribute("base", "vendor/facecast/");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.querySelector("main").append(element);
}"""
_IT = "document.querySelector('face-emotion')"
_BOXES = f"[...{_IT}.shadowRoot.querySelectorAll('[part~=box]')]"
_READS = f"{_IT}.heard.result.length >= 2"


@contextlib.contextmanager
def _opened(browser: Browser, mounts: dict[str, Path], path: str) -> Iterator[Visit]:
    with serve(mounts) as server, browser.new_context() as context:
        page = context.new_page()
        seen = Visit(page=page, address=f"{server}/")
        page.on("console", lambda line: seen.console.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: seen.console.append(f"error: {error}"))
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(f"{server}{path}")
        yield seen
        own = (seen.address, "blob:", "data:")
        assert [url for url in seen.requests if not url.startswith(own)] == []
        assert seen.console == []


@pytest.fixture(scope="session")
def library(site: Path) -> Path:
    return site.parent / "lib"


@pytest.fixture
def stranger(chromium: Browser, library: Path, clip: Path, tmp_path: Path) -> Iterator[Visit]:
    """A page of somebody else's, with a policy as strict as the library lets it be."""
    (tmp_path / "index.html").write_text(_PAGE)
    mounts = {
        _THEIRS: tmp_path,
        f"{_THEIRS}/vendor/facecast": library,
        f"{_THEIRS}/pictures": DEMO,
        f"{_THEIRS}/media": clip.parent,
    }
    with _opened(chromium, mounts, f"{_THEIRS}/") as seen:
        seen.page.evaluate(_OPEN)
        yield seen


def _wait_for_workers(seen: Visit, count: int) -> None:
    for _ in range(100):
        if len(seen.page.workers) == count:
            return
        seen.page.wait_for_timeout(100)
    raise AssertionError(f"{len(seen.page.workers)} workers, not {count}")


def test_a_photo_is_read_and_no_worker_stays(stranger: Visit) -> None:
    assert stranger.page.evaluate(_PHOTO) == [7, pytest.approx(1, abs=1e-5)]
    assert len(stranger.page.workers) == 1
    stranger.page.evaluate("reader.dispose()")
    _wait_for_workers(stranger, 0)


def test_a_playing_clip_is_followed_until_the_abort_and_no_tensor_stays(stranger: Visit) -> None:
    seen, bitmaps = stranger.page.evaluate(_FOLLOW, 30)
    assert len(seen) == 30
    # The window converts no colours.
    assert bitmaps == 0
    # The first frames find the face; then each needs the same.
    assert {frame["tensors"] for frame in seen[5:]} == {seen[5]["tensors"]}
    assert {face for frame in seen[5:] for face in frame["faces"]} == {seen[5]["faces"][0]}
    assert len({frame["media_s"] for frame in seen}) > 10
    stranger.page.evaluate("reader.dispose()")
    _wait_for_workers(stranger, 0)


def test_a_video_frame_gets_the_answer_that_its_bitmap_gets(stranger: Visit) -> None:
    assert stranger.page.evaluate(_FRAME_OR_BITMAP) == [1, True]


def test_an_abort_ends_what_was_asked_and_nothing_else(stranger: Visit) -> None:
    assert stranger.page.evaluate(_ABORT) == ["AbortError", "AbortError", True]


def test_a_clip_is_read_whole_and_scores_100_against_itself(stranger: Visit) -> None:
    assert stranger.page.evaluate(_COMPARE) == [30, pytest.approx(100)]


def test_an_element_reads_its_clip_and_draws_a_box_where_the_face_is(stranger: Visit) -> None:
    stranger.page.evaluate(_ELEMENT, {"source": "media/face.webm", "muted": "", "faces": "1"})
    stranger.wait(_READS)
    stranger.wait(f"{_BOXES}.length === 1")
    result = stranger.page.evaluate(f"{_IT}.heard.result.at(-1)")
    width = stranger.page.evaluate(f"{_BOXES}[0].style.width")
    face = result["faces"][0]["box"]
    assert float(width.rstrip("%")) == pytest.approx(100 * face["width"] / 640, abs=3)
    assert result["time_s"] > 0
    assert stranger.page.evaluate(f"[{_IT}.heard.ready.length, {_IT}.heard.fault.length]") == [1, 0]


def test_an_element_that_is_moved_goes_on_and_one_that_is_removed_stops(stranger: Visit) -> None:
    stranger.page.evaluate(_ELEMENT, {"source": "media/face.webm", "muted": ""})
    stranger.wait(_READS)
    stranger.page.evaluate(f"document.body.append({_IT}); {_IT}.heard.result.length = 0")
    stranger.page.evaluate(f"{_IT}.shadowRoot.querySelector('video').loop = true")
    stranger.page.evaluate(f"{_IT}.shadowRoot.querySelector('video').play()")
    stranger.wait(_READS)
    assert stranger.page.evaluate(f"{_IT}.heard.ready.length") == 1
    stranger.page.evaluate(f"window.gone = {_IT}; gone.remove()")
    _wait_for_workers(stranger, 0)
    assert stranger.page.evaluate("gone.reader === null && gone.heard.fault.length === 0")


def test_an_element_turns_its_camera_off_when_it_is_removed(stranger: Visit) -> None:
    stranger.page.evaluate(_ELEMENT, {"source": "camera"})
    stranger.wait(_READS)
    stranger.page.evaluate(
        f"window.track = {_IT}.shadowRoot.querySelector('video').srcObject.getTracks()[0];"
        f"{_IT}.remove()"
    )
    stranger.wait("track.readyState === 'ended'")


def test_an_element_tells_what_it_cannot_show_and_shows_the_next(stranger: Visit) -> None:
    stranger.page.evaluate(_ELEMENT, {"source": "vendor/facecast/manifest.json"})
    stranger.wait(f"{_IT}.heard.fault.length === 1")
    assert stranger.page.evaluate(f"{_IT}.heard.fault[0].code") == "bad-clip"
    stranger.page.evaluate(f"{_IT}.setAttribute('source', 'pictures/sample6.jpg')")
    stranger.wait(f"{_IT}.heard.result.length === 1")
    assert stranger.page.evaluate(f"{_BOXES}.length") == 4


def test_several_elements_may_share_a_reader_that_outlives_them(stranger: Visit) -> None:
    stranger.page.evaluate("facecast.defineFaceEmotion()")
    stranger.page.evaluate("""async () => {
      const shared = openReader();
      const photo = await (await fetch("pictures/sample1.jpg")).blob();
      const elements = [0, 1].map(() => document.createElement("face-emotion"));
      for (const element of elements) Object.assign(element, { reader: shared, srcObject: photo });
      const read = elements.map((element) =>
        new Promise((done) => element.addEventListener("result", done)));
      document.body.append(...elements);
      await Promise.all(read);
      for (const element of elements) element.remove();
    }""")
    assert len(stranger.page.workers) == 1
    assert stranger.page.evaluate("reader.state.kind") == "ready"


@pytest.fixture
def examples(chromium: Browser, library: Path) -> Iterator[Visit]:
    mounts = {"/docs": ROOT / "docs/examples", "/docs/facecast": library}
    with _opened(chromium, mounts, "/docs/photo.html") as seen:
        yield seen


_STATUS = "document.querySelector('[role=status]').textContent"


def _example(seen: Visit, name: str, *files: Path) -> None:
    seen.page.goto(f"{seen.address}docs/{name}.html")
    if files:
        seen.page.set_input_files("input", files)
    else:
        seen.page.click("button")


def test_the_examples_do_what_they_say(examples: Visit, clip: Path) -> None:
    _example(examples, "photo", DEMO / "sample6.jpg")
    examples.wait("document.querySelectorAll('li').length === 4")
    _example(examples, "clip", clip)
    examples.wait(f"/^[1-9]\\d+ rows$/.test({_STATUS})")
    _example(examples, "camera")
    examples.wait("[...document.querySelectorAll('meter')].some(({ value }) => value > 0.2)")
    _example(examples, "faces")
    examples.wait("document.querySelectorAll('tbody tr').length > 0")
    _example(examples, "element", DEMO / "sample1.jpg", clip)
    examples.wait(
        "[...document.querySelectorAll('face-emotion')].filter("
        "({ shadowRoot }) => shadowRoot?.querySelector('[part~=box]')).length === 2"
    )
