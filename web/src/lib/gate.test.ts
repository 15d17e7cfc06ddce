import { expect, test } from "vitest";
import { Gate } from "./gate";

test("one frame is in flight", () => {
  const gate = new Gate();
  expect([gate.arrive(), gate.arrive()]).toEqual([true, false]);
});

test("the frame that waited goes when the other is done", () => {
  const gate = new Gate();
  gate.arrive();
  gate.arrive();
  expect([gate.leave(), gate.leave()]).toEqual([true, false]);
});

test("a frame that waited is no drop, one that was passed over is", () => {
  const gate = new Gate();
  for (let i = 0; i < 4; i++) gate.arrive();
  expect(gate.drops).toBe(2);
});

test("frames that the browser never handed over are counted", () => {
  const gate = new Gate();
  gate.arrive(3);
  expect(gate.drops).toBe(3);
});

test("a frame that was lost on its way is counted", () => {
  const gate = new Gate();
  gate.arrive();
  expect(gate.leave(true)).toBe(false);
  expect(gate.drops).toBe(1);
});
