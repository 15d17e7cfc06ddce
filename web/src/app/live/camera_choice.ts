import { h } from "../dom";
import { cameraId, listCameras } from "./camera";
import type { LiveWords } from "./words";

/** A choice of the machine's cameras, where there are several. */
export class CameraChoice {
  private readonly select = h("select", { id: "live-device" });
  readonly root: HTMLElement;

  constructor(words: LiveWords, closed: AbortSignal, change: (id: string) => void) {
    this.select.ariaLabel = words.device;
    this.select.addEventListener("change", () => change(this.select.value));
    this.root = this.select;
    this.root.hidden = true;
    const refresh = () => void this.refresh(null);
    navigator.mediaDevices?.addEventListener("devicechange", refresh, { signal: closed });
  }

  /** The one that was used last. */
  get chosen(): string | null {
    return this.select.value || null;
  }

  get name(): string {
    return this.select.selectedOptions[0]?.text ?? "";
  }

  async refresh(used: MediaStream | null): Promise<void> {
    const id = (used && cameraId(used)) ?? this.select.value;
    const cameras = await listCameras();
    const options = cameras.map(
      ({ id: value, name }) => new Option(name, value, false, value === id),
    );
    this.select.replaceChildren(...options);
    this.root.hidden = cameras.length < 2;
  }
}
