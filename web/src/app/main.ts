import { App } from "./app";
import { byId } from "./dom";
import { onFile } from "./files_in";
import { stringsFor } from "./strings";

const strings = stringsFor(navigator.language);
const app = new App(strings);
const model = byId<HTMLSelectElement>("model");

byId("camera").addEventListener("click", () => void app.camera());
byId("stop").addEventListener("click", () => {
  app.stop();
  byId("camera").focus();
});
byId("again").addEventListener("click", () => {
  app.load(model.value || null);
  byId("stage").focus();
});
model.addEventListener("change", () => app.load(model.value));
onFile((file, isClip) => void app.file(file, isClip));
