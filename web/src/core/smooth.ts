/**
 * Exponential smoothing over time, so that a slow machine smooths as much as a fast one:
 * after `constant_ms` a change has come through by 63%, and with 0 at once.
 */
export class Smoother {
  private values: number[] | null = null;
  private last_ms = 0;

  next(values: readonly number[], now_ms: number, constant_ms: number): number[] {
    const before = this.values;
    if (!before || before.length !== values.length) {
      this.values = [...values];
    } else {
      const passed_ms = Math.max(0, now_ms - this.last_ms);
      const fresh = constant_ms > 0 ? 1 - Math.exp(-passed_ms / constant_ms) : 1;
      this.values = values.map((value, i) => {
        const old = before[i] as number;
        return old + (value - old) * fresh;
      });
    }
    this.last_ms = now_ms;
    return [...this.values];
  }
}
