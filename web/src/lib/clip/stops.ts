/** Where to stop for one frame: a moment within it, and its own time where that is known. */
export interface Stop {
  readonly at_s: number;
  readonly time_s: number | null;
}

const STEP_S = 1 / 30;
/** Late in a frame: a browser that takes the one before for longer than it is still moves on. */
const WITHIN = 0.9;

/** One stop for each frame. */
export function stopsAt(times_s: readonly number[], end_s: number): Stop[] {
  return times_s.map((time_s, number) => {
    const next_s = times_s[number + 1] ?? Math.max(end_s, time_s);
    return { at_s: time_s + WITHIN * (next_s - time_s), time_s };
  });
}

/** Through a clip whose frames' times nobody told. */
export function* stopsThrough(duration_s: number): Generator<Stop> {
  for (let number = 0; number * STEP_S < duration_s; number++) {
    yield { at_s: (number + 0.5) * STEP_S, time_s: null };
  }
}
