import { Fault } from "../../core/fault";

/** The picture at an address; null where there is something else, such as a clip. */
export async function fetchPicture(url: string, signal: AbortSignal): Promise<Blob | null> {
  try {
    const response = await fetch(url, { signal });
    const type = response.headers.get("content-type") ?? "";
    if (response.ok && type.startsWith("image/")) return await response.blob();
    await response.body?.cancel();
    if (response.ok) return null;
  } catch {
    signal.throwIfAborted();
  }
  throw new Fault("missing-file", url);
}
