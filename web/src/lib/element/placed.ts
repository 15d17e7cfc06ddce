import type { Box, Size } from "../../core/geometry";

export interface Placed {
  readonly left: string;
  readonly top: string;
  readonly width: string;
  readonly height: string;
}

/** Where a box lies on its picture, whatever size that is shown at. */
export function placed(box: Box, picture: Size, mirrored: boolean): Placed {
  const x = mirrored ? picture.width - box.x - box.width : box.x;
  return {
    left: percent(x / picture.width),
    top: percent(box.y / picture.height),
    width: percent(box.width / picture.width),
    height: percent(box.height / picture.height),
  };
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)}%`;
}
