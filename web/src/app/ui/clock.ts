/** A time within a clip, as players show it: 1:05, or 0:02.4 between whole seconds. */
export function clock(time_s: number): string {
  const tenths = Math.max(0, Math.round(time_s * 10));
  const rest = tenths % 600;
  const seconds = String(Math.floor(rest / 10)).padStart(2, "0");
  const fraction = rest % 10 ? `.${rest % 10}` : "";
  return `${Math.floor(tenths / 600)}:${seconds}${fraction}`;
}
