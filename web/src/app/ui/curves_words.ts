import type { Language } from "../words";
import type { ChartWords } from "./curves_chart";

/** What every chart says; its own name comes from the view. */
export const CURVES_WORDS: Readonly<Record<Language, Omit<ChartWords, "name">>> = {
  en: {
    curves: "Curves shown",
    place: (time, leading) => (leading ? `${time}: ${leading}` : `${time}: no face`),
    share: (label, percent) => `${label} leads ${percent} percent of the time`,
  },
  ko: {
    curves: "표시할 곡선",
    place: (time, leading) => (leading ? `${time}: ${leading}` : `${time}: 얼굴 없음`),
    share: (label, percent) => `전체의 ${percent}퍼센트에서 ${label}`,
  },
};
