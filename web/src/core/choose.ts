import type { Backend, BackendName } from "./backend";
import { type Attempt, type DetectorFiles, Engine } from "./engine";
import { Fault } from "./fault";
import type { ModelFiles } from "./loader";

type Names = AsyncIterable<BackendName> | Iterable<BackendName>;

/** The first backend that passes its self-test; every attempt is put on record. */
export async function choose(
  names: Names,
  open: (name: BackendName) => Promise<Backend>,
  model: ModelFiles,
  detector: DetectorFiles,
  attempts: Attempt[],
): Promise<Engine> {
  const failed = new Set(attempts.map((attempt) => attempt.name));
  for await (const name of names) {
    if (failed.has(name)) continue;
    try {
      const engine = await Engine.open(await open(name), model, detector);
      attempts.push({ name, problem: null });
      return engine;
    } catch (error) {
      attempts.push({ name, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  throw new Fault(
    "no-backend",
    attempts.map(({ name, problem }) => `${name}: ${problem}`).join("; "),
  );
}
