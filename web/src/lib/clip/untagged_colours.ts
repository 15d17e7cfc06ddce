/** Below this many lines, untagged video has the colours of standard definition. */
const HIGH_DEFINITION = 720;
const STANDARD = "smpte170m";

/**
 * The colours that every player takes for those of a film whose file does not tell; null when it
 * does, or when they are those that a decoder takes by itself.
 */
export function untaggedColours(
  told: VideoColorSpaceInit,
  height: number,
): VideoColorSpaceInit | null {
  if (told.matrix || height >= HIGH_DEFINITION) return null;
  const fullRange = told.fullRange ?? false;
  return { primaries: STANDARD, transfer: STANDARD, matrix: STANDARD, fullRange };
}
