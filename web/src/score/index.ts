/** The acting score; docs/score.md explains it. */

export type { Pair } from "./align_clips";
export type { Curves, Values } from "./curves";
export { type EmotionPart, type Score, type SecondPart, score } from "./score";
export { ScoreError, type ScoreReason } from "./score_error";
export { DEFAULTS, type ScoreOptions } from "./score_options";
