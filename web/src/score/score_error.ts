/** Two clips that cannot be compared. */
export class ScoreError extends Error {
  override readonly name = "ScoreError";
}
