"""What is planted in the page before its own scripts run: it only watches."""

from __future__ import annotations

PROBE = """
(() => {
    const probe = {
        interactive_ms: null, model_ms: null, first_result_ms: null, first_face_ms: null,
        results: 0, tensors: 0, last_ms: 0, tasks: [], answers: {},
        presented: 0, last_presented_ms: 0, answered: 0, last_answered_ms: 0,
    };
    // Apart from the notes, which are read often while the page must not be held up.
    const samples = { latency_ms: [], worker_ms: [], stages: {} };
    window.facecastProbe = probe;
    window.facecastSamples = samples;
    const each = (type, options, take) => new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true, ...options });
    each('longtask', {}, ({ startTime, duration }) => probe.tasks.push([startTime, duration]));
    // An interaction is pointer down, up and click; the slowest of them is what was felt.
    each('event', { durationThreshold: 16 }, ({ interactionId, startTime, duration }) => {
        if (!interactionId) return;
        const before = probe.answers[interactionId];
        probe.answers[interactionId] = [startTime, Math.max(duration, before ? before[1] : 0)];
    });

    // Frames by their time on the page's clock: one that was answered already is no further result.
    const asked = new Map();
    const heard = new WeakSet();
    let hasFace = false;
    const hear = ({ data }) => {
        const question = data.kind === 'result' && asked.get(data.id);
        asked.delete(data.id);
        if (!question) return;
        hasFace = data.result.faces.length > 0;
        if (question.time_ms <= probe.last_answered_ms) return;
        probe.answered++;
        probe.last_answered_ms = question.time_ms;
        samples.latency_ms.push(performance.now() - question.time_ms);
        samples.worker_ms.push(performance.now() - question.at_ms);
        for (const [name, ms] of Object.entries(data.result.stages)) {
            (samples.stages[name] ??= []).push(ms);
        }
    };
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
        if (!heard.has(this)) this.addEventListener('message', hear);
        heard.add(this);
        if (message.kind === 'frame') {
            asked.set(message.id, { time_ms: message.time_ms, at_ms: performance.now() });
        }
        return post.call(this, message, ...rest);
    };

    // The camera's own frames, seen or not; a video counts on when it is given another source.
    const watched = new WeakSet();
    const watch = (video) => {
        let last = null;
        const look = (_, { presentationTime, presentedFrames }) => {
            probe.presented += last === null ? 1 : Math.max(1, presentedFrames - last);
            last = presentedFrames;
            probe.last_presented_ms = presentationTime;
            video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
        watched.add(video);
    };

    new MutationObserver((records) => {
        for (const { target } of records) {
            probe.results++;
            probe.tensors = Number(target.dataset.tensors);
        }
        const now_ms = performance.now();
        probe.last_ms = now_ms;
        probe.first_result_ms ??= now_ms;
        // The page hears the worker's message before we do.
        setTimeout(() => { if (hasFace) probe.first_face_ms ??= now_ms; });
    }).observe(document, { subtree: true, attributeFilter: ['data-tensors'] });
    const start = new MutationObserver(() => {
        const [on, loading] = ['#live-on', '#loading'].map((id) => document.querySelector(id));
        const video = document.querySelector('video');
        if (video && !watched.has(video)) watch(video);
        if (on && !on.disabled && probe.interactive_ms === null) {
            probe.interactive_ms = performance.now();
            if (window.facecastHurry) on.click();
        }
        if (loading?.hidden) probe.model_ms ??= performance.now();
        if (probe.interactive_ms !== null && probe.model_ms !== null && video) start.disconnect();
    });
    const anything = { subtree: true, childList: true, attributeFilter: ['hidden', 'disabled'] };
    start.observe(document, anything);
})();
"""
HURRY = "window.facecastHurry = true;"
"""Planted beside the probe: the camera is turned on in the moment in which it can be."""
STATE = """() => ({
    now_ms: performance.now(), origin_ms: performance.timeOrigin, ...window.facecastProbe,
    drops: Number(document.querySelector('#live-drops')?.textContent ?? 0),
})"""
SAMPLES = "() => window.facecastSamples"
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
FAULT = "() => document.querySelector('#fault:not([hidden])')?.innerText ?? ''"
CHARTS_IN_VIEW = """() => {
    const charts = [...document.querySelectorAll('.curves-canvas canvas')];
    return charts.length > 0 && charts.every((canvas) => {
        const { top, bottom, width, height } = canvas.getBoundingClientRect();
        return canvas.checkVisibility() && width && height && top >= 0 && bottom <= innerHeight;
    });
}"""
