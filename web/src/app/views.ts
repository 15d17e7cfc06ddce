import { openLiveView } from "./live/live_view";
import type { Tab } from "./router";
import type { OpenView } from "./view";

/** Most come for the first tab, which is at hand; the others' code comes when they are opened. */
export const VIEWS: Readonly<Record<Tab, () => Promise<OpenView>>> = {
  live: async () => openLiveView,
  files: async () => (await import("./files/files_view")).openFilesView,
  compare: async () => (await import("./compare/compare_view")).openCompareView,
  about: async () => (await import("./about/about_view")).openAboutView,
};
