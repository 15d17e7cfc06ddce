import type { Box, FrameResult } from "../../lib";

/** The same result with its faces in the order in which a reader would count them. */
export function leftToRight(result: FrameResult): FrameResult {
  const faces = [...result.faces].sort((a, b) => centre(a.box) - centre(b.box));
  return { ...result, faces };
}

function centre({ x, width }: Box): number {
  return x + width / 2;
}
