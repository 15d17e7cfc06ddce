import type { Contract } from "../src/core/contract";
import { FollowedSequence } from "../src/core/followed_sequence";
import { fetchJson, type OnGraph } from "./files";
import { withGraph } from "./with_graph";

export interface OnFaces extends OnGraph {
  /** Address of a contract.json. */
  readonly contract: string;
  /** Address of the frames. */
  readonly frames: string;
  /** How many of them. */
  readonly count: number;
}

interface Frames {
  readonly faces: readonly number[];
  readonly times_ms: readonly number[];
  readonly said: readonly (readonly number[])[];
}

/** A net's answers to several faces through a sequence head, each face followed as on the page. */
export async function followFaces({
  contract,
  frames,
  count,
  ...on
}: OnFaces): Promise<number[][]> {
  const { sequence } = await fetchJson<Contract>(contract);
  if (!sequence) throw new Error(`${contract}: has no sequence`);
  const { faces, times_ms, said } = await fetchJson<Frames>(frames);
  return withGraph(on, async (graph) => {
    const followed = new Map<number, FollowedSequence>();
    const answers: number[][] = [];
    for (const [i, face] of faces.slice(0, count).entries()) {
      const own = followed.get(face) ?? new FollowedSequence(graph, sequence);
      followed.set(face, own);
      answers.push(await own.next(said[i] as number[], times_ms[i] as number));
    }
    return answers;
  });
}
