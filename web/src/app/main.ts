import { registerOffline } from "../offline/register";
import { keepInstallOffer } from "./about/install";
import { byId, h } from "./dom";
import { onState, reader } from "./first_reader";
import { chosenLanguage, rememberLanguage } from "./language";
import { Shell } from "./shell";
import { LANGUAGES, type Language } from "./words";
import "./style/base.css";

/** After the model runs. */
const SETTLED_MS = 2000;

let shell: Shell | null = null;
onState((state) => shell?.show(state));

function open(language: Language): void {
  shell?.close();
  shell = new Shell(reader, LANGUAGES[language], (wanted) => {
    rememberLanguage(wanted);
    open(wanted);
    byId("language").focus();
  });
}

/** For visits without a network, and for installing. */
function offerToStay(): void {
  document.head.append(h("link", { rel: "manifest", href: "./site.webmanifest" }));
  void registerOffline();
}

keepInstallOffer();
// The worker's start was asked for a moment ago, and takes this thread's help: that goes first.
setTimeout(() => open(chosenLanguage()));
// Later, so that the first model and its first frames come before all else: a browser that hears of
// a manifest fetches and draws icons, and what the first visit took is not fetched again.
reader.ready().then(
  () => setTimeout(offerToStay, SETTLED_MS),
  () => {},
);
