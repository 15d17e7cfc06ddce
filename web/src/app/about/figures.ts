const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A share as a percentage. */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}%`;
}

/** A number far below one, to two digits: 4.3×10⁻⁷. */
export function tiny(value: number): string {
  if (value === 0) return "0";
  const [digits = "", exponent = ""] = value.toExponential(1).split("e");
  const power = exponent.slice(1).replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)] ?? "");
  return `${digits.replace(".0", "")}×10${exponent.startsWith("-") ? "⁻" : ""}${power}`;
}

/** Bytes as they are counted on a disk's label: 433 kB, 1.92 MB. */
export function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}
