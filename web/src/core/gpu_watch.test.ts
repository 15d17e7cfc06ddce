import { expect, test } from "vitest";
import { type Gpu, GpuWatch } from "./gpu_watch";

const LOST = "the GPU was lost";
const never = () => new Promise<never>(() => undefined);

function context() {
  const canvas = new EventTarget();
  const gl = { canvas, isContextLost: () => gl.lost, lost: false };
  const lose = () => canvas.dispatchEvent(new Event("webglcontextlost"));
  const gpgpu = { gl, itemsToPoll: [{}] };
  return { gl, gpgpu, lose, watch: new GpuWatch({ gpgpu } as unknown as Gpu) };
}

test("an answer that a lost context still owes is not awaited any longer", async () => {
  const { watch, lose, gpgpu } = context();
  const answer = watch.during(never());
  lose();
  await expect(answer).rejects.toThrow(LOST);
  expect(gpgpu.itemsToPoll).toEqual([]);
});

test("what is read from a lost context is no answer", async () => {
  const { watch, gl } = context();
  gl.lost = true;
  await expect(watch.during(Promise.resolve(0))).rejects.toThrow(LOST);
});

test("a lost context is noticed before it is asked, and before its event", () => {
  const { watch, gl } = context();
  watch.check();
  gl.lost = true;
  expect(() => watch.check()).toThrow(LOST);
});

test("a lost device is noticed too", async () => {
  const watch = new GpuWatch({ device: { lost: Promise.resolve() } });
  await expect(watch.during(never())).rejects.toThrow(LOST);
  expect(() => watch.check()).toThrow(LOST);
});

test("without a GPU nothing is lost", async () => {
  expect(await new GpuWatch({}).during(Promise.resolve(1))).toBe(1);
});
