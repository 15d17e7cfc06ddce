import type { faceApi as inFrame, OnFaceApi } from "./face_api";

let frame: Promise<typeof inFrame> | null = null;

/** face-api in a frame of its own: two copies of TF.js in one window share one engine. */
export async function faceApi(on: OnFaceApi): ReturnType<typeof inFrame> {
  frame ??= open();
  return (await frame)(on);
}

async function open(): Promise<typeof inFrame> {
  const element = document.createElement("iframe");
  element.src = new URL("face_api.html", document.baseURI).href;
  const loaded = new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = reject;
  });
  document.body.append(element);
  await loaded;
  if (!element.contentWindow) throw new Error("face-api's frame did not open");
  return element.contentWindow.faceApi;
}
