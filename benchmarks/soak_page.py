"""What soak does in the browser: frames through the site's own library, one in flight."""

from __future__ import annotations

OPEN = """async ({ library, base, picture, model, sway }) => {
    const { FaceReader } = await import(library);
    const reader = new FaceReader({ base, model });
    const running = await reader.ready();
    const blob = await (await fetch(picture)).blob();
    const image = await createImageBitmap(blob);
    const stream = reader.stream({ faces: 1, smooth_ms: 0, reuse: false });
    const canvas = new OffscreenCanvas(640, 480);
    window.soak = { stream, image, canvas, sway, number: 0, reader };
    return { backend: running.backend };
}"""
"""The model runs, and the picture is there."""
RUN = """async (frames) => {
    const { soak } = window;
    const { stream, image, canvas, sway } = soak;
    const context = canvas.getContext('2d');
    const scale = sway.room * Math.max(640 / image.width, 480 / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    const taken = { latency_ms: [], tensors: 0, lost: 0 };
    for (let i = 0; i < frames; i++) {
        // It sways as the benchmarks' camera does, three seconds a turn.
        const time_ms = (soak.number++ * 1000) / 30;
        const part = (time_ms / 3000) * 2 * Math.PI;
        const left = (width - 640) / 2 + sway.px[0] * Math.sin(part);
        const top = (height - 480) / 2 + sway.px[1] * Math.cos(part);
        context.drawImage(image, -left, -top, width, height);
        const picture = canvas.transferToImageBitmap();
        const start = performance.now();
        const result = await stream.frame(picture, time_ms);
        if (result?.faces.length) {
            taken.latency_ms.push(performance.now() - start);
            taken.tensors = result.tensors;
        } else taken.lost++;
    }
    return taken;
}"""
"""So many frames; latencies from the question to the answer, drawing left out."""
