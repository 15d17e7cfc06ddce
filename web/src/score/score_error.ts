/** Why two clips cannot be compared; `unfit` are curves that no reader of faces makes. */
export type ScoreReason = "no-face" | "never-together" | "too-long" | "empty" | "unfit";

/** Two clips that cannot be compared. */
export class ScoreError extends Error {
  override readonly name = "ScoreError";

  constructor(
    message: string,
    readonly reason: ScoreReason = "unfit",
  ) {
    super(message);
  }
}
