import { colourName } from "../colours";

/** The light page's colours, whatever the page has now: a file is shown and printed on white. */
export const LIGHT: Readonly<Record<string, string>> = {
  "--raised": "#ffffff",
  "--ink": "#1f2328",
  "--soft": "#5d636b",
  "--line": "#dedbd4",
  "--c-red": "#c8413f",
  "--c-green": "#6b8a1e",
  "--c-violet": "#8256b5",
  "--c-yellow": "#c98a00",
  "--c-blue": "#2f78c4",
  "--c-orange": "#d9662c",
  "--c-grey": "#7d8590",
  "--c-teal": "#12867f",
  "--c-pink": "#c2488f",
  "--c-brown": "#8a6a4f",
};

export function lightColour(label: string, index: number): string {
  return LIGHT[colourName(label, index)] as string;
}
