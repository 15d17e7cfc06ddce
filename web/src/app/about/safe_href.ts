/** The address of a link, if it leads to a page: a card is written by whoever made the model. */
export function safeHref(href: string, base: string = document.baseURI): string | null {
  if (!URL.canParse(href, base)) return null;
  const { protocol } = new URL(href, base);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
