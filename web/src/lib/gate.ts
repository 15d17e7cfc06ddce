/** One frame in flight; the newest waits, and every frame that is passed over is counted. */
export class Gate {
  private busy = false;
  private waiting = false;
  private passedOver = 0;

  get drops(): number {
    return this.passedOver;
  }

  /** A frame has come, and `missed` before it never reached us. True when it may go now. */
  arrive(missed = 0): boolean {
    this.passedOver += missed;
    if (!this.busy) {
      this.busy = true;
      return true;
    }
    if (this.waiting) this.passedOver++;
    this.waiting = true;
    return false;
  }

  /** The frame in flight is done, or `lost`. True when the one that waited may go now. */
  leave(lost = false): boolean {
    if (lost) this.passedOver++;
    this.busy = this.waiting;
    this.waiting = false;
    return this.busy;
  }

  reset(): void {
    this.busy = false;
    this.waiting = false;
    this.passedOver = 0;
  }
}
