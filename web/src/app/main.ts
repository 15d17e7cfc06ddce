import { FaceReader } from "../lib";
import { registerOffline } from "../offline/register";
import { keepInstallOffer } from "./about/install";
import { byId } from "./dom";
import { chosenLanguage, rememberLanguage } from "./language";
import { Shell } from "./shell";
import { LANGUAGES, type Language } from "./words";
import "./style/base.css";

let shell: Shell | null = null;
const reader = new FaceReader({ onState: (state) => shell?.show(state) });

function open(language: Language): void {
  shell?.close();
  shell = new Shell(reader, LANGUAGES[language], (wanted) => {
    rememberLanguage(wanted);
    open(wanted);
    byId("language").focus();
  });
}

keepInstallOffer();
open(chosenLanguage());
// Only now, so that the first model comes before all else; what it took is not fetched again.
reader.ready().then(registerOffline, () => {});
