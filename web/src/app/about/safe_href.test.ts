import { expect, test } from "vitest";
import { safeHref } from "./safe_href";

const BASE = "https://example.org/deep/index.html";

test.each(["https://example.com/a", "HTTP://example.com", "report.html", "./notices.txt"])(
  "%s is a link",
  (href) => {
    expect(safeHref(href, BASE)).toBe(href);
  },
);

test.each([
  "javascript:alert(1)",
  " JavaScript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,x",
  "blob:https://example.org/0b1c",
  "mailto:someone@example.com",
  "https://",
])("%j is no link", (href) => {
  expect(safeHref(href, BASE)).toBeNull();
});
