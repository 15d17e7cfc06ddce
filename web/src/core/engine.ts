import {
  type Backend,
  BackendError,
  type BackendName,
  type Graph,
  type GraphFiles,
} from "./backend";
import type { ModelFiles } from "./loader";
import type { DetectorEntry } from "./manifest";
import { testClassifier, testDetector, testSequence } from "./selftest";

export interface DetectorFiles {
  readonly entry: DetectorEntry;
  readonly graph: GraphFiles;
}

/** Why a backend was taken or left. */
export interface Attempt {
  readonly name: BackendName;
  readonly problem: string | null;
}

type Owned = Pick<Graph, "dispose">;

/** All nets on one backend that has proven itself on this machine. */
export class Engine {
  private constructor(
    readonly backend: Backend,
    readonly classifier: Graph,
    readonly detector: Graph,
    /** Follows a face's answers, where the model has such a head. */
    readonly sequence: Graph | null,
    private readonly model: ModelFiles,
    private readonly detectorEntry: DetectorEntry,
  ) {}

  /** Loads the nets and tests them; a backend that fails is closed again. */
  static async open(backend: Backend, model: ModelFiles, found: DetectorFiles): Promise<Engine> {
    const owned: Owned[] = [backend];
    try {
      const classifier = await backend.load(model.graph);
      owned.unshift(classifier);
      const detector = await backend.load(found.graph);
      owned.unshift(detector);
      const sequence = model.sequence && (await backend.load(model.sequence));
      if (sequence) owned.unshift(sequence);
      const engine = new Engine(backend, classifier, detector, sequence, model, found.entry);
      const problem = await engine.check();
      if (problem) throw new BackendError(problem);
      return engine;
    } catch (error) {
      letGo(owned);
      throw error;
    }
  }

  /** Null while the backend still gives known answers, else what is wrong. */
  async check(): Promise<string | null> {
    const { contract, entry } = this.model;
    const classifier = await testClassifier(this.classifier, contract, entry.selftest);
    if (classifier) return `classifier ${classifier}`;
    const detector = await testDetector(this.detector, this.detectorEntry.selftest);
    return detector ? `detector ${detector}` : this.checkSequence();
  }

  private async checkSequence(): Promise<string | null> {
    const { contract, entry } = this.model;
    if (!this.sequence || !contract.sequence || !entry.sequence) return null;
    const problem = await testSequence(this.sequence, contract.sequence, entry.sequence.selftest);
    return problem && `sequence head ${problem}`;
  }

  dispose(): void {
    const { classifier, detector, sequence, backend } = this;
    letGo([classifier, detector, ...(sequence ? [sequence] : []), backend]);
  }
}

/** Never fails: a backend that crashed may not even be closed, and the next must have its turn. */
function letGo(owned: readonly Owned[]): void {
  for (const each of owned) {
    try {
      each.dispose();
    } catch {}
  }
}
