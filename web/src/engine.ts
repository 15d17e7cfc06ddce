import type { Backend, BackendName, Graph, GraphFiles } from "./backend";
import type { ModelFiles } from "./loader";
import type { DetectorEntry } from "./manifest";
import { testClassifier, testDetector } from "./selftest";

export interface DetectorFiles {
  readonly entry: DetectorEntry;
  readonly graph: GraphFiles;
}

/** Why a backend was taken or left. */
export interface Attempt {
  readonly name: BackendName;
  readonly problem: string | null;
}

/** Both nets on one backend that has proven itself on this machine. */
export class Engine {
  private constructor(
    readonly backend: Backend,
    readonly classifier: Graph,
    readonly detector: Graph,
    private readonly model: ModelFiles,
    private readonly detectorEntry: DetectorEntry,
  ) {}

  /** Loads both nets and tests them; a backend that fails is closed again. */
  static async open(backend: Backend, model: ModelFiles, found: DetectorFiles): Promise<Engine> {
    try {
      const classifier = await backend.load(model.graph);
      const detector = await backend.load(found.graph);
      const engine = new Engine(backend, classifier, detector, model, found.entry);
      const problem = await engine.check();
      if (problem) throw new Error(problem);
      return engine;
    } catch (error) {
      backend.dispose();
      throw error;
    }
  }

  /** Null while the backend still gives known answers, else what is wrong. */
  async check(): Promise<string | null> {
    const { contract, entry } = this.model;
    const classifier = await testClassifier(this.classifier, contract, entry.selftest);
    if (classifier) return `classifier ${classifier}`;
    const detector = await testDetector(this.detector, this.detectorEntry.selftest);
    return detector && `detector ${detector}`;
  }

  dispose(): void {
    this.classifier.dispose();
    this.detector.dispose();
    this.backend.dispose();
  }
}
