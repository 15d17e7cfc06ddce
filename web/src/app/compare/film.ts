import type { Face } from "../../lib";
import type { Curves } from "../../score";

/** One frame of a clip: its leading face, if it shows one. */
export interface Moment {
  readonly time_s: number;
  readonly face: Face | null;
}

/** A clip that has not been read yet. */
export interface Footage {
  readonly name: string;
  readonly blob: Blob;
  /** Of the blob; whoever drops the footage revokes it. */
  readonly url: string;
  /** Whether it was made here, so that the only copy is ours. */
  readonly recorded: boolean;
  /** What comes before belongs to no scene. */
  readonly from_s: number;
}

/** A clip, and what a model saw in each of its frames. */
export interface Film extends Footage {
  /** The name of the model that read it. */
  readonly model: string;
  readonly moments: readonly Moment[];
}

/** One head's answers over a film, as the score takes them; times that do not rise are left out. */
export function curvesOf(film: Film, head: number, labels: readonly string[]): Curves {
  const moments = film.moments.filter(
    ({ time_s }, i) => i === 0 || time_s > (film.moments[i - 1] as Moment).time_s,
  );
  const answers = moments.map(({ face }) => face?.heads[head] ?? null);
  return {
    labels,
    times_s: moments.map(({ time_s }) => time_s),
    probabilities: answers.map((answer) => answer?.probabilities ?? null),
    uncertain: answers.map((answer) => answer?.uncertain ?? false),
  };
}

/** From the first frame to the last. */
export function lasting_s({ times_s }: Pick<Curves, "times_s">): number {
  return (times_s.at(-1) ?? 0) - (times_s[0] ?? 0);
}
