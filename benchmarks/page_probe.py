"""What is planted in the page before its own scripts run: it only watches."""

from __future__ import annotations

PROBE = """
(() => {
    const probe = {
        interactive_ms: null, model_ms: null, first_result_ms: null,
        results: 0, tensors: 0, last_ms: 0, tasks: [], answers: {},
    };
    window.facecastProbe = probe;
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
    new MutationObserver((records) => {
        for (const { target } of records) {
            probe.results++;
            probe.tensors = Number(target.dataset.tensors);
        }
        probe.last_ms = performance.now();
        probe.first_result_ms ??= probe.last_ms;
    }).observe(document, { subtree: true, attributeFilter: ['data-tensors'] });
    const start = new MutationObserver(() => {
        const [on, loading] = ['#live-on', '#loading'].map((id) => document.querySelector(id));
        if (on && !on.disabled) probe.interactive_ms ??= performance.now();
        if (loading?.hidden) probe.model_ms ??= performance.now();
        if (probe.interactive_ms !== null && probe.model_ms !== null) start.disconnect();
    });
    const anything = { subtree: true, childList: true, attributeFilter: ['hidden', 'disabled'] };
    start.observe(document, anything);
})();
"""
STATE = "() => ({ now_ms: performance.now(), ...window.facecastProbe })"
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
FAULT = "() => document.querySelector('#fault:not([hidden])')?.innerText ?? ''"
