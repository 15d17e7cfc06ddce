/** One colour for each label: the seven emotions have their own, others take theirs in turn. */
const OWN: Readonly<Record<string, string>> = {
  angry: "--c-red",
  disgust: "--c-green",
  fear: "--c-violet",
  happy: "--c-yellow",
  sad: "--c-blue",
  surprise: "--c-orange",
  neutral: "--c-grey",
};
const TURN = [
  "blue",
  "orange",
  "green",
  "violet",
  "red",
  "yellow",
  "grey",
  "teal",
  "pink",
  "brown",
] as const;

/** The name of the label's custom property in CSS. */
export function colourName(label: string, index: number): string {
  return OWN[label] ?? `--c-${TURN[index % TURN.length]}`;
}

/** The colour as it is now, light or dark, for a canvas or a file. */
export function colourOf(label: string, index: number): string {
  return getComputedStyle(document.documentElement)
    .getPropertyValue(colourName(label, index))
    .trim();
}
