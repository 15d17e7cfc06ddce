import type { Size } from "../../lib";

/** The middle of a picture, as a small square. */
export function paintThumbnail(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  const { x, y, side } = middleOf(picture);
  canvas.getContext("2d")?.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height);
  canvas.hidden = false;
}

/** A little above the middle of a tall picture, where faces are. */
function middleOf({ width, height }: Size): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 3, side };
}
