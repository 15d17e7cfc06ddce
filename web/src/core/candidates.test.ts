import { expect, test, vi } from "vitest";
import { isHardware, webgpuName } from "./candidates";

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

test("a browser that does not tell its graphics card is no reason to stop", async () => {
  vi.stubGlobal("navigator", { gpu: { requestAdapter: async () => ({}) } });
  expect(isHardware(await webgpuName())).toBe(true);
  vi.unstubAllGlobals();
});
