import type { Contestant } from "./contestant";
import { type OnSite, Reading } from "./reading";
import { Stage } from "./stage";

const stage = new Stage();
let reading: Reading | null = null;
let rests = false;

const ours: Contestant = {
  async open(options) {
    const on = options as OnSite;
    rests = on.following.reuse ?? false;
    reading = await Reading.open(on);
    return reading.about();
  },
  async prepare({ shot, resting }) {
    const shown = rests ? resting : shot;
    if (shown) await stage.show(shown);
  },
  async run({ time_ms = 0 }) {
    if (!reading) throw new Error("not open yet");
    return reading.read(stage.canvas, time_ms);
  },
};

window.contestant = ours;
