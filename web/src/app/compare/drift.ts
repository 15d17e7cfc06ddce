/** Up to here two clips count as being in step. */
const ALLOWED_S = 0.05;
/** Further apart they are brought together by a jump. */
const JUMP_S = 0.5;
/** A drift is made up for within so long. */
const MENDED_IN_S = 0.6;
/** A change of speed that the eye forgives. */
const MOST = 0.3;

/** At what speed a clip plays that is ahead by so much, to come into step; null if it has to jump. */
export function speedFor(ahead_s: number): number | null {
  const apart_s = Math.abs(ahead_s);
  if (apart_s <= ALLOWED_S) return 1;
  if (apart_s > JUMP_S) return null;
  return 1 - Math.sign(ahead_s) * Math.min(MOST, apart_s / MENDED_IN_S);
}
