import type { Curves, Score, ScoreOptions } from "../../score";
import type { Film } from "./film";

/** Two films, what of them was compared, and what came of it. */
export interface Result {
  readonly reference: Film;
  readonly take: Film;
  /** Of one head of the model. */
  readonly curves: { readonly reference: Curves; readonly take: Curves };
  readonly head: string;
  readonly options: ScoreOptions;
  readonly score: Score;
}
