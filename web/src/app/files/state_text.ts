import { mainHead } from "../../lib";
import { labelName } from "../names";
import { clock } from "../ui/clock";
import type { Words } from "../words";
import type { FileItem } from "./file_item";
import type { Pace } from "./pace";
import type { FilesWords } from "./words";

/** In a few words, how it stands with a file. */
export function stateText(item: FileItem, words: Words, own: FilesWords): string {
  const { state } = item;
  switch (state.kind) {
    case "waiting":
      return own.waiting;
    case "reading":
      return state.pace ? own.readSoFar(...times(state.pace)) : own.reading;
    case "stopped":
      return own.stopped(clock(item.moments.at(-1)?.time_s ?? 0));
    case "fault":
      return words.faults[state.fault.code];
    case "done":
      return item.kind === "clip"
        ? own.readTo(clock(item.moments.at(-1)?.time_s ?? 0))
        : found(item, words, own);
  }
}

/** How a clip's reading goes: how far, how fast, how long yet. */
export function paceText(pace: Pace, own: FilesWords): string {
  const { speed, left_s } = pace;
  const said = [own.readSoFar(...times(pace))];
  if (speed !== null) said.push(own.speed(speed.toFixed(1)));
  if (left_s !== null) said.push(own.left(Math.ceil(left_s)));
  return said.join(" · ");
}

/** Without tenths, which would only flicker. */
function times({ done_s, duration_s }: Pace): [string, string] {
  return [clock(Math.floor(done_s)), clock(Math.round(duration_s))];
}

function found({ moments }: FileItem, words: Words, own: FilesWords): string {
  const faces = moments[0]?.result.faces ?? [];
  const [{ heads } = { heads: [] }] = faces;
  const head = heads[mainHead(heads)];
  if (!head) return own.noFace;
  if (faces.length > 1) return words.faces(faces.length);
  if (head.unfamiliar) return words.unfamiliar;
  const label = labelName(head.labels[head.best] as string, head.name, words);
  return head.uncertain ? words.uncertain : label;
}
