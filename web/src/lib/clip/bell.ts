/** Wakes whoever waits for something to happen; a ring that nobody waits for is kept. */
export class Bell {
  private wake: (() => void) | null = null;
  private rung = false;

  readonly ring = (): void => {
    this.rung = true;
    this.wake?.();
  };

  async wait(): Promise<void> {
    if (!this.rung) await new Promise<void>((resolve) => (this.wake = resolve));
    this.rung = false;
    this.wake = null;
  }
}
