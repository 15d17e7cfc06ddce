/** A curve's values over the chart's times; null where there is no face. */
export type Series = readonly (number | null)[];

/** One list a label, as a chart has them, from one list a moment. */
export function toSeries(
  labels: number,
  moments: readonly (readonly number[] | null)[],
): (number | null)[][] {
  return Array.from({ length: labels }, (_, label) =>
    moments.map((values) => values?.[label] ?? null),
  );
}

/** The index of the time that is nearest to `time_s`, or -1 where there is none; times rise. */
export function nearest(times_s: readonly number[], time_s: number): number {
  let low = 0;
  let high = times_s.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times_s[middle] as number) < time_s) low = middle + 1;
    else high = middle;
  }
  const before = times_s[low - 1];
  const here = times_s[low];
  if (here === undefined) return -1;
  return before !== undefined && time_s - before <= here - time_s ? low - 1 : low;
}

/** What share of the frames with a face each label leads. */
export function leadingShares(series: readonly Series[]): number[] {
  const counts = series.map(() => 0);
  let total = 0;
  for (let at = 0; at < (series[0]?.length ?? 0); at++) {
    const best = leading(series, at);
    if (best < 0) continue;
    counts[best] = (counts[best] as number) + 1;
    total++;
  }
  return counts.map((count) => (total ? count / total : 0));
}

/** The likeliest label at one of the chart's times, or -1 where there is no face. */
export function leading(series: readonly Series[], at: number): number {
  let best = -1;
  let highest = -1;
  series.forEach((values, label) => {
    const value = values[at] ?? -1;
    if (value <= highest) return;
    best = label;
    highest = value;
  });
  return best;
}

/** Forgets what is older than the window; the lists stay the same, so that nothing is allocated. */
export function forgetBefore(time_s: number, times_s: number[], series: (number | null)[][]): void {
  while (times_s.length && (times_s[0] as number) < time_s) {
    times_s.shift();
    for (const values of series) values.shift();
  }
}
