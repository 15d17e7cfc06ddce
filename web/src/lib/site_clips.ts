import { fetchManifest } from "../core/manifest";

/** A reference clip that the site's owner put up. */
export interface SiteClip {
  readonly name: string;
  readonly url: string;
  readonly seconds: number;
}

/** The clips of a folder with `manifest.json`; the page's own by default. */
export async function siteClips(
  base: string = document.baseURI,
  signal: AbortSignal = new AbortController().signal,
): Promise<SiteClip[]> {
  const folder = new URL(base, document.baseURI).href;
  // A site that was exported before there were clips has none.
  const { clips = [] } = await fetchManifest(folder, signal);
  return clips.map(({ name, file, seconds }) => ({
    name,
    seconds,
    url: new URL(file, folder).href,
  }));
}
