import { addressOf } from "./asked";

/** What the export writes about a site: each file's sha256, and what the first model needs. */
export interface Site {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly first: readonly string[];
}

type Source = (address: string) => Promise<Response | undefined>;

// A module script asks with an Origin, this worker without; the bytes are held to a hash anyway.
const ANY = { ignoreVary: true };

const fromVersionBefore: Source = (address) => caches.match(address, ANY);
const fromThisVisit: Source = (address) =>
  fetch(address, { cache: "only-if-cached", mode: "same-origin" });
const fromServer: Source = (address) => fetch(address, { cache: "reload" });

/** Nothing is paid for twice. */
const SEEN = [fromVersionBefore, fromThisVisit];

/** One version of the site, in a cache of its own; nothing of another version gets into it. */
export class Version {
  private readonly ours: string;
  private readonly name: string;
  /** By address. */
  private readonly sha256 = new Map<string, string>();
  private readonly first: readonly string[];

  constructor(site: Site, folder: string) {
    // Sites below other paths share the origin's storage; an address holds no blank.
    this.ours = `facecast ${new URL(folder).pathname} `;
    this.name = this.ours + site.version;
    this.first = site.first.map((path) => addressOf(path, folder));
    for (const [path, sha256] of Object.entries(site.files)) {
      this.sha256.set(addressOf(path, folder), sha256);
    }
  }

  has(address: string): boolean {
    return this.sha256.has(address);
  }

  /** Takes all that the first model needs, or fails: half an upload is no version. */
  async install(): Promise<void> {
    const isNew = !(await caches.has(this.name));
    const cache = await caches.open(this.name);
    try {
      await Promise.all(this.first.map((address) => this.need(cache, address)));
    } catch (error) {
      if (isNew) await caches.delete(this.name);
      throw error;
    }
    const others = [...this.sha256.keys()].filter((address) => !this.first.includes(address));
    await Promise.all(others.map((address) => this.take(cache, address, SEEN).catch(() => {})));
  }

  /** No page uses an older version any more. */
  async activate(): Promise<void> {
    const names = await caches.keys();
    const older = names.filter((name) => name.startsWith(this.ours) && name !== this.name);
    await Promise.all(older.map((name) => caches.delete(name)));
  }

  /** The file from the cache, else from the network; `after` waits until that one is kept too. */
  async answer(request: Request, address: string, after: (kept: Promise<void>) => void) {
    const kept = await this.kept(address);
    if (kept) return kept;
    const response = await fetch(request);
    after(this.keep(address, response.clone()).catch(() => {}));
    return response;
  }

  private async kept(address: string): Promise<Response | undefined> {
    try {
      return await caches.match(address, { ...ANY, cacheName: this.name });
    } catch {
      // Storage was taken away since.
      return undefined;
    }
  }

  private async keep(address: string, response: Response): Promise<void> {
    if (!(await this.fits(address, response))) return;
    const cache = await caches.open(this.name);
    await cache.put(address, response);
  }

  private async need(cache: Cache, address: string): Promise<void> {
    const taken = await this.take(cache, address, [...SEEN, fromServer]);
    if (!taken) throw new Error(`${address}: is not the file of this version`);
  }

  private async take(cache: Cache, address: string, sources: readonly Source[]) {
    if (await cache.match(address, ANY)) return true;
    for (const source of sources) {
      const response = await source(address).catch(() => undefined);
      if (!response || !(await this.fits(address, response))) continue;
      await cache.put(address, response);
      return true;
    }
    return false;
  }

  private async fits(address: string, response: Response): Promise<boolean> {
    // A visit is never answered with a redirected response.
    if (response.status !== 200 || response.redirected) return false;
    const bytes = await response.clone().arrayBuffer();
    return (await sha256(bytes)) === this.sha256.get(address);
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
