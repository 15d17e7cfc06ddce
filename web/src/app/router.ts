export const TABS = ["live", "files", "compare", "about"] as const;
export type Tab = (typeof TABS)[number];

/** The tab that the address names, or the first. */
export function tabOf(hash: string): Tab {
  const name = hash.replace(/^#/, "");
  return TABS.find((tab) => tab === name) ?? TABS[0];
}
