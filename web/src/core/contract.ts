// Generated from train/contract.py by `python -m export types`; do not edit.

export const CONTRACT_VERSION = 1;

export interface State {
  readonly name: string;
  readonly shape: readonly number[];
  readonly reset: "clip" | "face";
}

export interface Sequence {
  readonly head: string;
  readonly states: readonly State[];
  readonly longest_gap_s: number;
}

export interface Origin {
  readonly data: string;
  readonly seed: number | null;
  readonly code: string;
  readonly figures: Readonly<Record<string, number>>;
}

export interface CropRule {
  readonly scale: number;
  readonly shift_x: number;
  readonly shift_y: number;
  readonly edge: "replicate" | "black";
}

export interface SecondLook {
  readonly size: number;
  readonly factor: number;
}

export interface Crop {
  readonly detector: "tiny" | "haar";
  readonly detector_size: number;
  readonly second_look: SecondLook;
  readonly rule: CropRule;
}

export interface Input {
  readonly size: number;
  readonly channels: "grey" | "rgb";
  readonly grey_formula: "bt601";
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly layout: "nchw" | "nhwc";
  readonly states: readonly State[];
}

export interface Head {
  readonly name: string;
  readonly labels: readonly string[];
  readonly temperature: number;
  readonly uncertain_below: number;
  readonly familiar_above?: number;
}

export interface Contract {
  readonly name: string;
  readonly net: string;
  readonly heads: readonly Head[];
  readonly input: Input;
  readonly output: "logits" | "probabilities";
  readonly crop: Crop;
  readonly origin: Origin;
  readonly sequence?: Sequence;
  readonly version: number;
}
