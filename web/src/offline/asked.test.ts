import { expect, test } from "vitest";
import { asked } from "./asked";

const FOLDER = "https://example.org/deep/site/";

function request(path: string, more: object = {}): Request {
  const url = new URL(path, FOLDER).href;
  return { method: "GET", mode: "cors", headers: new Headers(), url, ...more } as Request;
}

test.each([
  ["assets/a.js", "assets/a.js"],
  ["models/\uac00/a b.bin", "models/%EA%B0%80/a%20b.bin"],
  ["notices.txt#top", "notices.txt"],
  ["index.html", ""],
  ["manifest.json?1", "manifest.json?1"],
])("%s asks for the file at %s", (path, file) => {
  expect(asked(request(path), FOLDER)).toBe(FOLDER + file);
});

test.each(["", "?lang=ko", "index.html", "index.html?lang=ko#about"])(
  "a visit to '%s' asks for the page",
  (path) => {
    expect(asked(request(path, { mode: "navigate" }), FOLDER)).toBe(FOLDER);
  },
);

test.each([
  ["another origin", request("https://elsewhere.org/deep/site/a.js")],
  ["another folder of this origin", request("../other/a.js")],
  ["a form", request("", { method: "POST" })],
  ["a part of a clip", request("clips/a.mp4", { headers: new Headers({ Range: "bytes=0-" }) })],
])("%s is left to the network", (_, given) => {
  expect(asked(given, FOLDER)).toBeNull();
});
