import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { registerOffline } from "./register";

beforeEach(() => {
  vi.stubEnv("DEV", false);
  vi.stubGlobal("document", { baseURI: "https://example.org/deep/" });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test("the service worker lies in the page's own folder", async () => {
  const register = vi.fn();
  vi.stubGlobal("navigator", { serviceWorker: { register } });
  await registerOffline();
  expect(register).toHaveBeenCalledExactlyOnceWith("https://example.org/deep/sw.js");
});

test.each([
  ["a browser without service workers", {}],
  ["one that refuses", { serviceWorker: { register: () => Promise.reject(new Error("no")) } }],
])("%s is left in peace", async (_, navigator) => {
  vi.stubGlobal("navigator", navigator);
  await expect(registerOffline()).resolves.toBeUndefined();
});

test("the development server's files are not kept", async () => {
  vi.stubEnv("DEV", true);
  const register = vi.fn();
  vi.stubGlobal("navigator", { serviceWorker: { register } });
  await registerOffline();
  expect(register).not.toHaveBeenCalled();
});
