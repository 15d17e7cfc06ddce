import { engine } from "@tensorflow/tfjs-core";
import type { BackendName } from "../src/core/backend";
import type { Box } from "../src/core/geometry";
import type { Gpu } from "../src/core/gpu_watch";
import type { Following, ToWindow } from "../src/core/messages";
import { openBackend } from "../src/core/open_backend";
import { Session } from "../src/core/session";
import { fetchPicture } from "./files";

export interface OnViews {
  /** Address of an exported site. */
  readonly site: string;
  readonly backends: readonly BackendName[];
  /** Address of a JPEG or PNG. */
  readonly picture: string;
  /** The part of the picture that each frame shows. */
  readonly views: readonly Omit<Box, "score">[];
  readonly frame_ms: number;
  readonly following: Following;
  /** While this frame is read, the GPU is taken away. */
  readonly lose_in?: number;
}

/** A stream of frames cut from one picture, through a session; all that the session says. */
export async function streamViews(on: OnViews): Promise<ToWindow[]> {
  const said: ToWindow[] = [];
  const post = (message: ToWindow) => {
    if (message.kind !== "progress") said.push(message);
  };
  const session = new Session({ post, open: openBackend, candidates: () => [] });
  const base = new URL(on.site, document.baseURI).href;
  await session.hear({ kind: "start", base, model: null, backends: on.backends });
  const whole = await fetchPicture(on.picture);
  for (const [id, { x, y, width, height }] of on.views.entries()) {
    const picture = await createImageBitmap(whole, x, y, width, height);
    const time_ms = id * on.frame_ms;
    const film = { stream: 0, first_id: 0, following: on.following };
    // Comes in as soon as the detector's answer is awaited.
    if (id === on.lose_in) setTimeout(loseGpu);
    await session.hear({ kind: "frame", id, picture, time_ms, ...film });
  }
  return said;
}

function loseGpu(): void {
  const { gpgpu, device } = engine().backend as Gpu & { readonly device?: { destroy(): void } };
  gpgpu?.gl.getExtension("WEBGL_lose_context")?.loseContext();
  device?.destroy();
}
