import { expect, test } from "vitest";
import { untaggedColours } from "./untagged_colours";

test("a small film that does not tell its colours has those of standard definition", () => {
  expect(untaggedColours({ fullRange: true }, 480)).toEqual({
    primaries: "smpte170m",
    transfer: "smpte170m",
    matrix: "smpte170m",
    fullRange: true,
  });
});

test("a film's own word is taken", () => {
  expect(untaggedColours({ matrix: "bt709" }, 480)).toBeNull();
});

test("in high definition the decoder knows by itself", () => {
  expect(untaggedColours({}, 720)).toBeNull();
});
