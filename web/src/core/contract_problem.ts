import { CONTRACT_VERSION, type Contract } from "./contract";

/** Why this page cannot run a net of that contract and so many outputs; null when it can. */
export function contractProblem(contract: Contract, outputs: number): string | null {
  const { version, input, crop, heads } = contract;
  if (version !== CONTRACT_VERSION) return `version ${version}`;
  if (crop.detector !== "tiny") return `crop.detector ${crop.detector}`;
  if (input.states.length > 0) return "input.states";
  const depth = input.channels === "grey" ? 1 : 3;
  if (input.mean.length !== depth) return `input.mean: ${input.mean.length}, expected ${depth}`;
  if (input.std.length !== depth) return `input.std: ${input.std.length}, expected ${depth}`;
  const labels = heads.reduce((sum, head) => sum + head.labels.length, 0);
  return labels === outputs ? null : `heads: ${labels} labels for ${outputs} outputs`;
}
