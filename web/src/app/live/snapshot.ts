import { save } from "../ui/download";
import type { Stage } from "../ui/stage";

/** Saves what is on the stage, faces and all. */
export function saveSnapshot(stage: Stage): void {
  stage.snapshot().toBlob((picture) => {
    if (picture) save(picture, "facecast.png");
  }, "image/png");
}
