import { Fault } from "../../lib";

/** Upright, whichever way the camera was held: browsers turn it as the file says. */
export async function openPicture(file: File): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Fault("bad-picture", file.name);
  }
}
