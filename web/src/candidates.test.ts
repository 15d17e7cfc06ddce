import { expect, test } from "vitest";
import { isHardware } from "./candidates";

test.each([
  "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)",
  "llvmpipe (LLVM 15.0.6, 256 bits)",
  "Microsoft Basic Render Driver",
  "google swiftshader  fallback",
])("%s is software", (name) => {
  expect(isHardware(name)).toBe(false);
});

test("a graphics card is hardware, and nothing is not", () => {
  expect(isHardware("ANGLE (NVIDIA, GeForce RTX 3060, OpenGL 4.6)")).toBe(true);
  expect(isHardware(null)).toBe(false);
});
