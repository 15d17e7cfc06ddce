import type { About } from "../../lib";
import { section, shares } from "./card_parts";

export interface ClassFigures {
  readonly head: string;
  readonly label: string;
  readonly pictures: number | null;
  readonly f1: number | null;
  /** Of the net itself, in torch. */
  readonly recall_torch: number | null;
  /** Of what this site serves, in Chromium. */
  readonly recall_browser: number | null;
}

/** Each label's figures, from the card and from what the export measured; null where neither did. */
export function classFigures(about: About, head: About["heads"][number]): ClassFigures[] {
  const whole = section(about.card, "What it earned");
  const own = section(whole, head.name);
  const earned = own.length ? own : whole;
  const f1 = shares(earned, "F1", head.labels);
  const recall = shares(earned, "recall", head.labels);
  const measured = about.recall.find(({ head: name }) => name === head.name)?.labels ?? [];
  return head.labels.map((label) => {
    const found = measured.find((each) => each.label === label);
    return {
      head: head.name,
      label,
      pictures: found?.pictures ?? null,
      f1: f1.get(label) ?? null,
      recall_torch: found?.before ?? recall.get(label) ?? null,
      recall_browser: found?.after ?? null,
    };
  });
}

/** The labels that are missed more often than they are seen, the worst first. */
export function weakest(figures: readonly ClassFigures[]): ClassFigures[] {
  return figures
    .filter((each) => (recallOf(each) ?? 1) < 0.5)
    .sort((a, b) => (recallOf(a) ?? 1) - (recallOf(b) ?? 1));
}

/** As it is served, or else as it was trained. */
export function recallOf({ recall_browser, recall_torch }: ClassFigures): number | null {
  return recall_browser ?? recall_torch;
}
