type Child = Node | string | null | undefined | false;
type Handler = (event: never) => void;
type Properties = Readonly<Record<string, string | number | boolean | null | undefined | Handler>>;

/** An element with attributes, listeners (`onclick`) and children, all in one expression. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(
    ...children.filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

function set(element: Element, name: string, value: Properties[string]): void {
  if (typeof value === "function") {
    element.addEventListener(name.replace(/^on/, ""), value as unknown as EventListener);
  } else if (value === true) {
    element.setAttribute(name, "");
  } else if (value !== false && value !== null && value !== undefined) {
    element.setAttribute(name, String(value));
  }
}

/** The element of that id; the page is ours, so it exists. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
