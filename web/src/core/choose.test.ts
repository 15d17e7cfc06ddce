import { expect, test } from "vitest";
import { type Backend, BackendError, type BackendName, type GraphFiles } from "./backend";
import { choose } from "./choose";
import type { Attempt, DetectorFiles } from "./engine";
import type { ModelFiles } from "./loader";

const INPUT = { size: 2, mean: [0], std: [1] };
const CROP = { detector_size: 64, second_look: { size: 32 } };
const SELFTEST = { outputs: [1], tolerance: 0.1 };
const MODEL = {
  contract: { input: INPUT, crop: CROP },
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

test("a backend that fails at the sizes of real looks is left for the next", async () => {
  const attempts: Attempt[] = [];
  const open = async (name: BackendName): Promise<Backend> => {
    const graph = { ...(await answering(name, 1).load({} as GraphFiles)) };
    const run = async (input: Float32Array, shape: readonly number[]) => {
      if (name === "wasm" && shape[1] === CROP.detector_size) throw new BackendError("no memory");
      return graph.run(input, shape);
    };
    return { ...answering(name, 1), load: async () => ({ ...graph, run }) };
  };
  const engine = await choose(["wasm", "webgl"], open, MODEL, DETECTOR, attempts);
  expect(engine.backend.name).toBe("webgl");
  expect(attempts[0]).toEqual({ name: "wasm", problem: "no memory" });
});

test("when none passes, the reasons are told", async () => {
  const open = async () => Promise.reject(new Error("it does not start"));
  await expect(choose(["wasm"], open, MODEL, DETECTOR, [])).rejects.toThrow(
    "no-backend: wasm: it does not start",
  );
});
