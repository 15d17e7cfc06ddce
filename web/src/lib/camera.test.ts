import { expect, test } from "vitest";
import { cameraFault } from "./camera";

test.each([
  ["camera-denied", "NotAllowedError"],
  ["camera-missing", "NotFoundError"],
  ["camera-failed", "NotReadableError"],
])("%s is what a browser calls %s", (code, name) => {
  expect(cameraFault(new DOMException("", name))).toMatchObject({ code, detail: name });
});

test("a camera that was chosen and is gone is missing, whatever kind of error says so", () => {
  const error = { name: "OverconstrainedError", constraint: "deviceId" };
  expect(cameraFault(error).code).toBe("camera-missing");
});

test("what is no error at all is told as it is", () => {
  expect(cameraFault("no reason")).toMatchObject({ code: "camera-failed", detail: "no reason" });
});
