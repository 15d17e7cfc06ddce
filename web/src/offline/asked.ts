/** The address of the file that a request asks for, or null where the network alone answers. */
export function asked(request: Request, folder: string): string | null {
  const { method, mode, headers, url } = request;
  // A part of a file cannot be held against the hash of the whole.
  if (method !== "GET" || headers.has("Range") || !url.startsWith(folder)) return null;
  const address = addressOf(withoutPart(url, "#"), folder);
  // The page itself reads what stands behind its address' question mark.
  const isPage = mode === "navigate" && addressOf(withoutPart(address, "?"), folder) === folder;
  return isPage ? folder : address;
}

/** A file's address; the page goes by its folder's, which hosts redirect nowhere else. */
export function addressOf(path: string, folder: string): string {
  const { href } = new URL(path, folder);
  return href === `${folder}index.html` ? folder : href;
}

function withoutPart(url: string, mark: string): string {
  return url.split(mark, 1)[0] ?? url;
}
