import { afterEach, expect, test, vi } from "vitest";
import { sha256 } from "./sha256";

const ABC = new TextEncoder().encode("abc").buffer as ArrayBuffer;
const DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

afterEach(() => vi.unstubAllGlobals());

test("the digest is the standard's", async () => {
  expect(await sha256(ABC)).toBe(DIGEST);
});

test("a page without crypto.subtle gets the same digest", async () => {
  vi.stubGlobal("crypto", {});
  expect(await sha256(ABC)).toBe(DIGEST);
});
