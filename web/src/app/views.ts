import type { Tab } from "./router";
import type { OpenView } from "./view";

const FOUND = import.meta.glob<Record<string, OpenView>>("./*/*_view.ts");
const load = (tab: Tab) => async () => Object.values((await FOUND[`./${tab}/${tab}_view.ts`]?.()) ?? {})[0] as OpenView;
export const VIEWS: Readonly<Record<Tab, () => Promise<OpenView>>> = {
  live: load("live"), files: load("files"), compare: load("compare"), about: load("about"),
};
