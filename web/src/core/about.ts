import type { BackendName } from "./backend";
import type { Head, Input, Origin } from "./contract";

/** Plain words, and links among them. */
export type Text = readonly (string | { readonly text: string; readonly href: string })[];

/** A part of a model's card. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: Text }
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly Text[] }
  | {
      readonly kind: "table";
      readonly head: readonly Text[];
      readonly rows: readonly (readonly Text[])[];
    }
  | { readonly kind: "code"; readonly text: string };

export type WeightType = "f32" | "f16" | "u16" | "mixed" | "u8";

/** One step from the net itself to the page. */
export interface ProofLink {
  readonly name: string;
  readonly variant: WeightType | null;
  readonly backend: BackendName | null;
  readonly crops: number;
  /** Largest drift, share of other labels, mean KL divergence; `allowed` is null where not held to. */
  readonly figures: readonly {
    readonly name: "max_relative" | "flips" | "mean_kl";
    readonly measured: number;
    readonly allowed: number | null;
  }[];
}

export interface WeightsFigures {
  readonly name: WeightType;
  readonly bytes: number;
  readonly brotli_bytes: number;
  readonly outcome: "shipped" | "passed" | "failed" | "not measured";
}

/** On labelled pictures: of the net itself, and of what ships in Chromium. */
export interface Recall {
  readonly head: string;
  readonly macro_before: number;
  readonly macro_after: number;
  readonly labels: readonly {
    readonly label: string;
    readonly pictures: number;
    readonly before: number;
    readonly after: number;
  }[];
}

/** What is told of a model; `export/about.schema.json` describes it, `export` writes it. */
export interface About {
  readonly version: 1;
  readonly name: string;
  readonly net: string;
  readonly card: readonly Block[];
  readonly input: Pick<Input, "size" | "channels">;
  readonly heads: readonly Head[];
  readonly origin: Origin;
  /** The converter, and why not the first. */
  readonly conversion: string;
  readonly shipped: WeightType;
  readonly proven: boolean;
  readonly crops: number;
  readonly links: readonly ProofLink[];
  readonly missing_backends: readonly string[];
  readonly variants: readonly WeightsFigures[];
  /** How many of each the converter left, and how many the graph has. */
  readonly operators: readonly {
    readonly name: string;
    readonly before: number;
    readonly after: number;
  }[];
  /** Empty where the export had no labelled pictures. */
  readonly recall: readonly Recall[];
  readonly detector: {
    readonly variant: WeightType;
    readonly proven: boolean;
    readonly brotli_bytes: number;
    readonly operators: Readonly<Record<string, number>>;
    /** The largest drift by backend and size. */
    readonly links: readonly {
      readonly name: string;
      readonly measured: number;
      readonly allowed: number;
    }[];
  };
}
