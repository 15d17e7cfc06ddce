/** Digits after the point that a net's numbers are worth in a file. */
const SHARE_DIGITS = 6;
const PX_DIGITS = 2;
const TIME_DIGITS = 6;

export const roundShare = (value: number) => rounded(value, SHARE_DIGITS);
export const roundPx = (value: number) => rounded(value, PX_DIGITS);
export const roundTime = (value: number) => rounded(value, TIME_DIGITS);

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
