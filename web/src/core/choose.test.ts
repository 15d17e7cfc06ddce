import { expect, test } from "vitest";
import type { Backend, BackendName } from "./backend";
import { choose } from "./choose";
import type { Attempt, DetectorFiles } from "./engine";
import type { ModelFiles } from "./loader";

const INPUT = { size: 2, mean: [0], std: [1] };
const SELFTEST = { outputs: [1], tolerance: 0.1 };
const MODEL = {
  contract: { input: INPUT, heads: [{ labels: ["one"] }] },
  entry: { selftest: SELFTEST },
} as unknown as ModelFiles;
const DETECTOR = { entry: { selftest: SELFTEST } } as unknown as DetectorFiles;

/** A backend whose every net answers with one number. */
function answering(name: BackendName, value: number, closed: BackendName[] = []): Backend {
  const run = async () => ({ values: Float32Array.of(value), shape: [1, 1] });
  return {
    name,
    load: async () => ({ run, dispose: () => undefined }),
    tensors: () => 0,
    dispose: () => closed.push(name),
  };
}

test("a backend that answers wrongly is closed and left for the next", async () => {
  const attempts: Attempt[] = [];
  const closed: BackendName[] = [];
  const open = async (name: BackendName) => answering(name, name === "wasm" ? 7 : 1, closed);
  const engine = await choose(["wasm", "webgl"], open, MODEL, DETECTOR, attempts);
  expect(engine.backend.name).toBe("webgl");
  expect(closed).toEqual(["wasm"]);
  expect(attempts).toEqual([
    { name: "wasm", problem: "classifier off by 6.00, allowed 0.100" },
    { name: "webgl", problem: null },
  ]);
});

test("a backend that failed before is not tried again", async () => {
  const attempts: Attempt[] = [{ name: "wasm", problem: "wrong" }];
  const open = async (name: BackendName) => answering(name, 1);
  const engine = await choose(["wasm", "webgl"], open, MODEL, DETECTOR, attempts);
  expect(engine.backend.name).toBe("webgl");
});

test("when none passes, the reasons are told", async () => {
  const open = async () => Promise.reject(new Error("it does not start"));
  await expect(choose(["wasm"], open, MODEL, DETECTOR, [])).rejects.toThrow(
    "no-backend: wasm: it does not start",
  );
});
