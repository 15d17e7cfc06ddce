import { asked } from "./asked";
import { type Site, Version } from "./version";

interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Asking extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly registration: { readonly scope: string };
  addEventListener(kind: "install" | "activate", heard: (event: Lasting) => void): void;
  addEventListener(kind: "fetch", heard: (event: Asking) => void): void;
}

/** The export writes it at the head of this script, whose bytes thus change with any file. */
declare const SITE: Site;

const scope = self as unknown as Scope;
const folder = scope.registration.scope;
const version = new Version(SITE, folder);

// Neither skipWaiting nor clients.claim: a page lives from its first file to its last on one version.
scope.addEventListener("install", (event) => event.waitUntil(version.install()));
scope.addEventListener("activate", (event) => event.waitUntil(version.activate()));
scope.addEventListener("fetch", (event) => {
  const address = asked(event.request, folder);
  if (address === null || !version.has(address)) return;
  event.respondWith(version.answer(event.request, address, (kept) => event.waitUntil(kept)));
});
