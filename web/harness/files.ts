import type { BackendName, GraphFiles } from "../src/backend";

export interface OnGraph {
  readonly backend: BackendName;
  /** Address of a model.json. */
  readonly graph: string;
}

export async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}

export async function fetchJson<T>(url: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(url))) as T;
}

export async function fetchGraph(url: string): Promise<GraphFiles> {
  const address = new URL(url, document.baseURI);
  const topology = await fetchJson<{ weightsManifest: { paths: string[] }[] }>(address.href);
  const paths = topology.weightsManifest.flatMap((group) => group.paths);
  const shards = await Promise.all(paths.map((path) => fetchBytes(new URL(path, address).href)));
  return { topology, weights: await new Blob(shards).arrayBuffer() };
}

export async function fetchPicture(url: string): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([await fetchBytes(url)]));
}
