import { nearest } from "./curves_chart_data";

const PAGE_S = 1;

interface Timeline {
  readonly times_s: () => readonly number[];
  readonly at_s: () => number;
  /** The time under a place on the page. */
  readonly timeAt: (clientX: number) => number;
  readonly seek: (time_s: number) => void;
}

/** Lets pointer and keyboard move along the chart: arrows by one frame, Page Up and Down by more. */
export function makeSlider(root: HTMLElement, timeline: Timeline): void {
  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    root.setPointerCapture(event.pointerId);
    timeline.seek(timeline.timeAt(event.clientX));
  });
  root.addEventListener("pointermove", (event) => {
    if (root.hasPointerCapture(event.pointerId)) timeline.seek(timeline.timeAt(event.clientX));
  });
  root.addEventListener("keydown", (event) => {
    const time_s = afterKey(event.key, timeline.times_s(), timeline.at_s());
    if (time_s === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    timeline.seek(time_s);
  });
}

/** Where a key leads from that time; null where it leads nowhere. */
export function afterKey(key: string, times_s: readonly number[], at_s: number): number | null {
  const here = nearest(times_s, at_s);
  const last = times_s.length - 1;
  const frame = (index: number) => times_s[Math.max(0, Math.min(last, index))] ?? null;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return frame(here - 1);
    case "ArrowRight":
    case "ArrowUp":
      return frame(here + 1);
    case "PageDown":
      return frame(nearest(times_s, at_s - PAGE_S));
    case "PageUp":
      return frame(nearest(times_s, at_s + PAGE_S));
    case "Home":
      return frame(0);
    case "End":
      return frame(last);
    default:
      return null;
  }
}
