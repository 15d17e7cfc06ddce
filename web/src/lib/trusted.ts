/** Trusted Types as far as we use them; TypeScript's own DOM library has no types for them yet. */
interface Policy {
  createScriptURL(url: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

let policy: Policy | undefined;

/**
 * A script's address as `new Worker` and `register` take it under Trusted Types: the page's own
 * blob, or the service worker in the page's folder. Any other throws a TypeError.
 */
export function trustedScript(url: string): string {
  policy ??= createPolicy();
  // The sinks' declared type is a string, where Trusted Types want the object itself.
  return policy.createScriptURL(url) as string;
}

function createPolicy(): Policy {
  const rules = { createScriptURL: checked };
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  try {
    return factory?.createPolicy("facecast", rules) ?? rules;
  } catch {
    // A page that names other policies only: its own default policy has the last word.
    return rules;
  }
}

function checked(url: string): string {
  const { protocol, origin, href } = new URL(url, document.baseURI);
  const serviceWorker = new URL("sw.js", document.baseURI);
  const ours = protocol === "blob:" && origin === serviceWorker.origin;
  if (ours || href === serviceWorker.href) return href;
  throw new TypeError(`not a script of this page: ${url}`);
}
