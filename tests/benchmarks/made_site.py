"""A site that looks to a benchmark as ours does, and whose doings a test chooses."""

from __future__ import annotations

from pathlib import Path

from benchmarks.site import Site
from train.contract import FER_LABELS, Contract, Head, Input

_INDEX = """<!doctype html><title>made</title><link rel="icon" href="data:,">
<div id="loading"></div>
<div class="live">
  <button id="live-on" disabled>on</button>
  <button id="live-pause">pause</button>
  <video muted playsinline width="320"></video>
  <span id="live-drops">0</span><span id="live-backend">wasm</span>
  <div class="curves-canvas"><canvas width="50" height="50"></canvas></div>
</div>
<script type="module" src="app.js"></script>
"""
_APP = """
const EVERY = %d, TIMES = %d;
const at = (id) => document.querySelector(id);
const worker = new Worker('worker.js');
const video = at('video');
let frames = 0, id = 0, presented = 0, answered = 0;
const tell = () => { at('#live-drops').textContent = presented - answered; };
worker.onmessage = ({ data }) => {
    answered = Math.ceil(data.id / TIMES);
    tell();
    at('.live').dataset.tensors = data.result.tensors;
};
const ask = (time_ms) => worker.postMessage({ kind: 'frame', id: ++id, time_ms });
const look = (_, { presentationTime, presentedFrames }) => {
    video.requestVideoFrameCallback(look);
    presented = presentedFrames;
    tell();
    if (frames++ %% EVERY) return;
    for (let time = 0; time < TIMES; time++) ask(presentationTime);
};
at('#live-on').onclick = async () => {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
    await video.play();
    video.requestVideoFrameCallback(look);
};
at('#live-on').disabled = false;
at('#live-pause').onclick = () => { if (video.paused) video.play(); else video.pause(); };
setTimeout(() => { at('#loading').hidden = true; });
navigator.serviceWorker?.register('sw.js');
"""
_WORKER = """
let tensors = 5;
onmessage = ({ data: { id } }) => {
    const stages = { detect_ms: 3, classify_ms: 2 };
    const result = { faces: [{}], tensors: tensors += %d, stages };
    setTimeout(() => postMessage({ kind: 'result', id, result }), %d);
};
"""
_SERVICE_WORKER = """
const files = ['./', 'app.js', 'worker.js'];
const keep = async () => (await caches.open('made')).addAll(files);
addEventListener('install', (event) => event.waitUntil(keep()));
addEventListener('fetch', (event) => {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});
"""
_LIBRARY = """
export class FaceReader {
    #worker = new Worker(new URL('../worker.js', import.meta.url));
    #id = 0;
    async ready() { return { backend: 'wasm' }; }
    stream() {
        return {
            frame: (picture) => new Promise((done) => {
                picture.close();
                this.#worker.onmessage = ({ data }) => done(data.result);
                this.#worker.postMessage({ kind: 'frame', id: ++this.#id, time_ms: this.#id });
            }),
        };
    }
}
"""


def made_site(
    folder: Path, *, every: int = 1, twice: bool = False, leaks: int = 0, late_ms: int = 0
) -> Site:
    """It asks its worker for each `every`-th frame, or `twice`; each result `leaks` tensors, and
    comes late."""
    (folder / "assets").mkdir(parents=True)
    files = {
        "index.html": _INDEX,
        "app.js": _APP % (every, 2 if twice else 1),
        "worker.js": _WORKER % (leaks, late_ms),
        "sw.js": _SERVICE_WORKER,
        "assets/facecast-made.js": _LIBRARY,
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    contract = Contract(
        name="made",
        net="efficientnet-b0",
        heads=(Head(name="emotion", labels=FER_LABELS),),
        input=Input(size=48, channels="grey", mean=(0.5,), std=(0.5,)),
    )
    return Site(
        folder=folder,
        variant="f32",
        contract=contract,
        classifier="model/model.json",
        detector="detector/model.json",
    )
