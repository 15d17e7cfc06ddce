import type { Curves, Values } from "../../score";
import { toSeries } from "../ui/curves_chart_data";
import type { TimeMap } from "./time_map";

/** A frame further away says nothing of a moment. */
const NEAR_S = 0.25;

type Lists = (number | null)[][];

/** As the score eases: nets waver from frame to frame, actors do not. */
const EASED_S = 0.2;

/** Both clips' curves over the reference's time, which begins with its first frame. */
export interface TimelineData {
  readonly times_s: number[];
  readonly reference: Lists;
  readonly take: Lists;
}

export function timelineData(reference: Curves, take: Curves, map: TimeMap): TimelineData {
  const first_s = reference.times_s[0] ?? 0;
  const count = reference.labels.length;
  let at = 0;
  const met = reference.times_s.map((time_s): Values | null => {
    const wanted_s = map.takeTime(time_s);
    while (apart(take, at + 1, wanted_s) <= apart(take, at, wanted_s)) at++;
    return apart(take, at, wanted_s) <= NEAR_S ? (take.probabilities[at] ?? null) : null;
  });
  const { times_s } = reference;
  return {
    times_s: times_s.map((time_s) => time_s - first_s),
    reference: toSeries(count, eased(times_s, reference.probabilities)),
    take: toSeries(count, eased(times_s, met)),
  };
}

function apart({ times_s }: Curves, index: number, time_s: number): number {
  return Math.abs((times_s[index] ?? Number.POSITIVE_INFINITY) - time_s);
}

/** Each moment the average of its surroundings; one without a face stays so. */
function eased(times_s: readonly number[], rows: readonly (Values | null)[]): (Values | null)[] {
  let [from, to] = [0, 0];
  return rows.map((own, i) => {
    const time_s = times_s[i] as number;
    while ((times_s[from] as number) < time_s - EASED_S / 2) from++;
    while (to < rows.length && (times_s[to] as number) <= time_s + EASED_S / 2) to++;
    return own && mean(rows.slice(from, to).filter((row) => row !== null));
  });
}

function mean(rows: readonly Values[]): Values {
  const width = rows[0]?.length ?? 0;
  return Array.from(
    { length: width },
    (_, label) => rows.reduce((sum, row) => sum + (row[label] as number), 0) / rows.length,
  );
}
