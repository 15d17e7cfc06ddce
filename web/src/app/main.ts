import { registerOffline } from "../offline/register";
import { keepInstallOffer } from "./about/install";
import { byId } from "./dom";
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

keepInstallOffer();
// The worker's start was asked for a moment ago, and takes this thread's help: that goes first.
setTimeout(() => open(chosenLanguage()));
// Later, so that the first model and its first frames come before all else; what they took is not
// fetched again.
reader.ready().then(
  () => setTimeout(registerOffline, SETTLED_MS),
  () => {},
);
