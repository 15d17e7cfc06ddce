import { FaceReader, type ReaderState } from "../lib";

let hear: (state: ReaderState) => void = () => {};

/** Made before the page's other code is evaluated, for the model takes longest. */
export const reader = new FaceReader({ onState: (state) => hear(state) });

export function onState(listener: (state: ReaderState) => void): void {
  hear = listener;
}
