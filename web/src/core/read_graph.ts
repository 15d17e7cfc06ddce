import type { GraphFiles } from "./backend";
import { joined } from "./joined";

/** A model.json and all its shards, which lie beside it. */
export async function readGraph(
  path: string,
  read: (path: string) => Promise<ArrayBuffer>,
): Promise<GraphFiles> {
  const topology = JSON.parse(new TextDecoder().decode(await read(path)));
  const { weightsManifest } = topology as GraphFiles["topology"];
  const names = weightsManifest.flatMap((group) => group.paths);
  const shards = await Promise.all(names.map((name) => read(folderOf(path) + name)));
  return { topology, weights: joined(shards.map((shard) => new Uint8Array(shard))) };
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
