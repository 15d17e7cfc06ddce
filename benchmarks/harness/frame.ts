import type { FaceStream, follow, LiveFrame } from "../../web/src/lib/index";
import type { Outcome, Task } from "./contestant";
import { type OnSite, outcome, Reading } from "./reading";
import { Stage } from "./stage";

interface Live {
  readonly outcomes: readonly Outcome[];
  /** Frames that were shown and not read, between the first result and the last. */
  readonly dropped: number;
  readonly seconds: number;
}

const stage = new Stage();
const longTasks_ms: number[] = [];
let reading: Reading | null = null;
let library: { readonly follow: typeof follow } | null = null;
let frames: AsyncGenerator<LiveFrame> | null = null;
/** Of the newest frame of the camera: its capture, and the way to its result. */
let newest = { capture_ms: 0, total_ms: 0 };

async function open(on: OnSite): Promise<Readonly<Record<string, unknown>>> {
  reading = await Reading.open(on);
  library = await import(/* @vite-ignore */ new URL(on.library, document.baseURI).href);
  if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
    const note = (list: PerformanceObserverEntryList) => {
      for (const { duration } of list.getEntries()) longTasks_ms.push(duration);
    };
    new PerformanceObserver(note).observe({ type: "longtask" });
  }
  return reading.about();
}

/** What it takes from nothing to the first answer: the library, the worker, its nets, one frame. */
async function load(on: OnSite, { shot, time_ms = 0 }: Task) {
  if (shot) await stage.show(shot);
  const start = performance.now();
  const told = await open(on);
  const ready = performance.now();
  await reading?.read(stage.canvas, time_ms);
  return { told, ready_ms: ready - start, first_ms: performance.now() - ready };
}

/** Frames of a film, one after the other. */
async function film(tasks: readonly Task[]): Promise<Outcome[]> {
  if (!reading) throw new Error("not open yet");
  const outcomes: Outcome[] = [];
  for (const { shot, time_ms = 0 } of tasks) {
    if (shot) await stage.show(shot);
    outcomes.push(await reading.read(stage.canvas, time_ms));
  }
  return outcomes;
}

/** So many further results of the camera, as the library's own loop reads it. */
async function camera(results: number): Promise<Live> {
  frames ??= await openCamera();
  const outcomes: Outcome[] = [];
  let [first, last]: (LiveFrame | null)[] = [null, null];
  while (outcomes.length < results) {
    const { value } = await frames.next();
    if (!value) throw new Error("the camera ended");
    outcomes.push(outcome(value.result, newest.capture_ms, newest.total_ms));
    first ??= value;
    last = value;
  }
  const dropped = (last?.drops ?? 0) - (first?.drops ?? 0);
  return {
    outcomes,
    dropped,
    seconds: (last?.time_s ?? 0) - (first?.time_s ?? 0),
  };
}

async function openCamera(): Promise<AsyncGenerator<LiveFrame>> {
  if (!reading || !library) throw new Error("not open yet");
  const video = document.createElement("video");
  video.muted = true;
  const wanted = { width: 640, height: 480 };
  video.srcObject = await navigator.mediaDevices.getUserMedia({
    video: wanted,
  });
  document.body.append(video);
  await video.play();
  return library.follow(watched(reading.stream), video);
}

/** The same stream, and what each of its frames takes, from the moment when it is captured. */
function watched(stream: FaceStream): FaceStream {
  const since = firstCapture();
  const frame: FaceStream["frame"] = async (picture, time_ms) => {
    const start = since();
    const capture_ms = performance.now() - start;
    const result = await stream.frame(picture, time_ms);
    newest = { capture_ms, total_ms: performance.now() - start };
    return result;
  };
  return Object.assign(Object.create(stream) as FaceStream, { frame });
}

/** When the page first tried to capture a picture since it was last asked, by whichever way. */
function firstCapture(): () => number {
  let start: number | null = null;
  const note = () => {
    start ??= performance.now();
  };
  window.createImageBitmap = new Proxy(window.createImageBitmap, {
    apply: (capture, _, given) => {
      note();
      const made: Promise<ImageBitmap> = Reflect.apply(capture, window, given);
      // Where there was nothing to take, the next frame has not begun yet.
      made.catch(() => {
        start = null;
      });
      return made;
    },
  });
  if ("VideoFrame" in window) {
    window.VideoFrame = new Proxy(window.VideoFrame, {
      construct: (capture, given) => {
        note();
        return Reflect.construct(capture, given);
      },
    });
  }
  return () => {
    const known = start ?? performance.now();
    start = null;
    return known;
  };
}

const facecast = {
  open,
  load: ({ on, task }: { readonly on: OnSite; readonly task: Task }) => load(on, task),
  film,
  camera,
  longTasks: () => longTasks_ms,
};

Object.assign(window, { facecast });
