/** How closely two clips are held against each other. */
export interface ScoreOptions {
  /** Both clips are compared at so many samples a second. */
  readonly rate_hz: number;
  readonly max_offset_s: number;
  /** How early or late a moment may be, beyond the offset, without loss; 0 for none. */
  readonly band_s: number;
}

export const DEFAULTS: ScoreOptions = { rate_hz: 30, max_offset_s: 1, band_s: 0.5 };
