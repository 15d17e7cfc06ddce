import type { Tab } from "./router";
import type { OpenView } from "./view";

/** Each tab's code comes when the tab is first opened. */
export const VIEWS: Readonly<Record<Tab, () => Promise<OpenView>>> = {
  live: async () => (await import("./live/live_view")).openLiveView,
  files: async () => (await import("./files/files_view")).openFilesView,
  compare: async () => (await import("./compare/compare_view")).openCompareView,
  about: async () => (await import("./about/about_view")).openAboutView,
};
