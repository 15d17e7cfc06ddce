import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  Mp4OutputFormat,
  Output,
  type VideoCodec,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";

export interface Wanted {
  readonly container: "mp4" | "webm";
  readonly codec: VideoCodec;
  readonly width: number;
  readonly height: number;
  /** When each frame begins. */
  readonly times_s: readonly number[];
  /** How the file says that it is to be turned, clockwise. */
  readonly rotation: 0 | 90 | 180 | 270;
}

const LAST_S = 0.04;

/** Address of a clip whose frames carry their numbers, as `numberOf` reads them in Python. */
export async function makeClip(wanted: Wanted): Promise<string> {
  const { codec, rotation, times_s } = wanted;
  const output = newOutput(wanted.container);
  const source = new VideoSampleSource({ codec, bitrate: 2e6, keyFrameInterval: 1 });
  output.addVideoTrack(source, { rotation });
  await output.start();
  for (const [number, time_s] of times_s.entries()) {
    const duration = (times_s[number + 1] ?? time_s + LAST_S) - time_s;
    const sample = new VideoSample(draw(wanted, number), { timestamp: time_s, duration });
    await source.add(sample);
    sample.close();
  }
  return finish(output);
}

/** Address of a WebM with nothing but silence in it. */
export async function makeSound(): Promise<string> {
  const output = newOutput("webm");
  const source = new AudioSampleSource({ codec: "opus", bitrate: 64000 });
  output.addAudioTrack(source);
  await output.start();
  const shape = { format: "f32", numberOfChannels: 1, sampleRate: 48000, timestamp: 0 } as const;
  await source.add(new AudioSample({ ...shape, data: new Float32Array(48000) }));
  return finish(output);
}

function newOutput(container: "mp4" | "webm"): Output<Mp4OutputFormat, BufferTarget> {
  // The table of contents first: then a file that was cut has one still.
  const mp4 = new Mp4OutputFormat({ fastStart: "in-memory" });
  const format = (container === "mp4" ? mp4 : new WebMOutputFormat()) as Mp4OutputFormat;
  return new Output({ format, target: new BufferTarget() });
}

async function finish(output: Output<Mp4OutputFormat, BufferTarget>): Promise<string> {
  await output.finalize();
  return URL.createObjectURL(new Blob([output.target.buffer as ArrayBuffer]));
}

/** A bit a column, the lowest one at the left; the bottom half is grey. */
function draw({ width, height }: Wanted, number: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2D canvas is to be had here");
  context.fillStyle = "grey";
  context.fillRect(0, 0, width, height);
  for (let bit = 0; bit < 8; bit++) {
    context.fillStyle = (number >> bit) & 1 ? "white" : "black";
    context.fillRect((bit * width) / 8, 0, width / 8, height / 2);
  }
  return canvas;
}
