import type { Contestant } from "./contestant";
import { type OnSite, Reading } from "./reading";
import { Stage } from "./stage";

const stage = new Stage();
let reading: Reading | null = null;

const ours: Contestant = {
  async open(options) {
    reading = await Reading.open(options as OnSite);
    return reading.about();
  },
  async prepare({ shot }) {
    if (shot) await stage.show(shot);
  },
  async run({ time_ms = 0 }) {
    if (!reading) throw new Error("not open yet");
    return reading.read(stage.canvas, time_ms);
  },
};

window.contestant = ours;
