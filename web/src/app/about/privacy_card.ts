import { h } from "../dom";
import { link, part } from "./parts";
import type { AboutWords } from "./words";

/** That nothing leaves the device, and how to find out whether it is true. */
export function privacyCard(words: AboutWords, ...more: readonly HTMLElement[]): HTMLElement {
  const checks = words.checks.map(({ name, text }) =>
    h("li", {}, h("strong", {}, name), " ", ...typed(text)),
  );
  const links = h(
    "ul",
    { class: "about-links" },
    h("li", {}, link("report.html", words.report)),
    h("li", {}, link("notices.txt", words.licences)),
  );
  const said = h("div", {}, h("p", {}, words.kept), h("p", {}, words.rule), ...more, links);
  const tried = h("div", {}, h("h4", {}, words.yourself), h("ol", {}, ...checks), policy(words));
  const card = part(3, words.privacy, h("div", { class: "about-columns" }, said, tried));
  card.id = "about-privacy";
  return card;
}

function typed(text: string): (string | HTMLElement)[] {
  return text.split("`").map((piece, i) => (i % 2 ? h("code", {}, piece) : piece));
}

/** As the browser has it; the development server leaves it out. */
function policy(words: AboutWords): HTMLElement | null {
  const rule = document.querySelector<HTMLMetaElement>(
    'meta[http-equiv="Content-Security-Policy" i]',
  );
  if (!rule) return null;
  const lines = rule.content.split(/;\s*/).join(";\n");
  const text = h("pre", { tabindex: 0, role: "group", "aria-label": words.policy, lang: "en" });
  text.append(h("code", {}, lines));
  return h("details", { id: "about-policy" }, h("summary", {}, words.policy), text);
}
