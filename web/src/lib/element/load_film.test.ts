import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadFilm } from "./load_film";

const revoke = vi.spyOn(URL, "revokeObjectURL");

beforeEach(() => vi.stubGlobal("MediaStream", class {}));
afterEach(() => {
  vi.unstubAllGlobals();
  revoke.mockClear();
});

/** The address that a video is given for a film, which is then taken away again. */
function shown(film: Blob | string): string {
  const video = Object.assign(new EventTarget(), {
    src: "",
    removeAttribute: () => undefined,
    load: () => undefined,
  });
  const abort = new AbortController();
  loadFilm(video as unknown as HTMLVideoElement, film, abort.signal, () => undefined);
  abort.abort();
  return video.src;
}

test("the address that a file was given is given back", () => {
  const url = shown(new Blob());
  expect(revoke).toHaveBeenCalledExactlyOnceWith(url);
});

test("a blob's address that the page gave can be shown again", () => {
  expect(shown("blob:https://example.org/0b1c")).toBe("blob:https://example.org/0b1c");
  expect(revoke).not.toHaveBeenCalled();
});
