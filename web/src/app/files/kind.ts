export type FileKind = "picture" | "clip";

const CLIP_ENDINGS = /\.(mp4|m4v|mov|webm|mkv|avi|ogv|3gp|mts|wmv)$/i;

/** What a file seems to be; where it does not say, its name decides. */
export function kindOf({ type, name }: Pick<File, "type" | "name">): FileKind {
  if (type.startsWith("video/")) return "clip";
  return !type.startsWith("image/") && CLIP_ENDINGS.test(name) ? "clip" : "picture";
}
