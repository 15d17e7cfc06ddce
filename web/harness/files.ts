import type { BackendName, GraphFiles } from "../src/core/backend";
import { readGraph } from "../src/core/read_graph";

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

export function fetchGraph(url: string): Promise<GraphFiles> {
  return readGraph(new URL(url, document.baseURI).href, fetchBytes);
}

export async function fetchPicture(url: string): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([await fetchBytes(url)]));
}
