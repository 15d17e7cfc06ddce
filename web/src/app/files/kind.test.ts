import { expect, test } from "vitest";
import { kindOf } from "./kind";

test.each([
  ["a.webm", "video/webm", "clip"],
  ["a.mkv", "", "clip"],
  ["a.jpg", "image/jpeg", "picture"],
  ["a.heic", "", "picture"],
  ["a.mp4", "image/png", "picture"],
])("%s of type '%s' is taken for a %s", (name, type, kind) => {
  expect(kindOf({ name, type })).toBe(kind);
});
