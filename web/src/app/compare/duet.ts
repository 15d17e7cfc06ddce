import { speedFor } from "./drift";
import type { TimeMap } from "./time_map";

/** A stretch of a clip, on its own clock. */
export interface Stretch {
  readonly from_s: number;
  readonly to_s: number;
}

interface Told {
  /** Where the reference is. */
  readonly moved: (time_s: number) => void;
  readonly playing: (on: boolean) => void;
}

/** Times of a clip that a player takes for the same. */
const SAME_S = 0.02;

/** Plays two clips in step: the reference leads, the take follows through the map. */
export class Duet {
  private parts: { map: TimeMap; reference: Stretch; take: Stretch } | null = null;
  private frame = 0;
  private isPlaying = false;

  constructor(
    private readonly reference: HTMLVideoElement,
    private readonly take: HTMLVideoElement,
    private readonly told: Told,
  ) {}

  /** From here on, at the same place. */
  set(map: TimeMap, reference: Stretch, take: Stretch): void {
    this.parts = { map, reference, take };
    if (!this.isPlaying) this.seek(this.reference.currentTime);
  }

  toggle(): void {
    if (this.isPlaying) this.stop();
    else void this.play();
  }

  seek(time_s: number): void {
    if (!this.parts) return;
    const { from_s, to_s } = this.parts.reference;
    const wanted_s = Math.min(to_s, Math.max(from_s, time_s));
    move(this.reference, wanted_s);
    move(this.take, this.takeTime(wanted_s));
    this.told.moved(wanted_s);
  }

  stop(): void {
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    this.reference.pause();
    this.take.pause();
    this.take.playbackRate = 1;
    this.told.playing(false);
  }

  private async play(): Promise<void> {
    if (!this.parts) return;
    this.isPlaying = true;
    this.told.playing(true);
    if (this.reference.currentTime >= this.parts.reference.to_s - SAME_S) {
      this.seek(this.parts.reference.from_s);
    }
    try {
      await this.reference.play();
    } catch {
      return this.stop();
    }
    if (this.isPlaying) this.tick();
  }

  private readonly tick = (): void => {
    if (!this.parts) return;
    const { currentTime, ended } = this.reference;
    this.told.moved(currentTime);
    const isOver = ended || currentTime >= this.parts.reference.to_s;
    if (isOver || this.reference.paused) {
      this.stop();
    } else {
      this.follow(currentTime);
      this.frame = requestAnimationFrame(this.tick);
    }
  };

  private follow(time_s: number): void {
    const { map, take } = this.parts as NonNullable<typeof this.parts>;
    const wanted_s = map.takeTime(time_s);
    if (wanted_s < take.from_s || wanted_s >= take.to_s) {
      if (!this.take.paused) this.take.pause();
      return;
    }
    if (this.take.paused) void this.take.play().catch(() => undefined);
    if (this.take.seeking) return;
    const speed = speedFor(this.take.currentTime - wanted_s);
    if (speed === null) this.take.currentTime = wanted_s;
    else if (this.take.playbackRate !== speed) this.take.playbackRate = speed;
  }

  private takeTime(time_s: number): number {
    const { map, take } = this.parts as NonNullable<typeof this.parts>;
    return Math.min(take.to_s, Math.max(take.from_s, map.takeTime(time_s)));
  }
}

function move(video: HTMLVideoElement, time_s: number): void {
  if (Math.abs(video.currentTime - time_s) > SAME_S) video.currentTime = time_s;
}
