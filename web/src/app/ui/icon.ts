const SPACE = "http://www.w3.org/2000/svg";

/** Line drawings of 24 × 24. */
const PATHS = {
  camera:
    "M3 8.5A2.5 2.5 0 0 1 5.5 6h7A2.5 2.5 0 0 1 15 8.500v7a2.5 2.5 0 0 1-2.5 2.500h-7A2.5 2.5 0 0 1 3 15.500zM15 11l6-3.500v9L15 13",
  picture:
    "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v11a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5zM4 16l4.5-4.5L13 16l2.5-2.5L20 18M15 9h.01",
  clip: "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v11a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5zM10 8.8v6.4l5-3.2z",
  compare: "M4 17c3 0 3-10 6-10s3 8 5 8 2-4 5-4M4 21h16",
  about: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.5v13l10.5-6.500z",
  stop: "M7 7h10v10H7z",
  record: "M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10z",
  snapshot:
    "M4 8.500h3.500L9 6h6l1.5 2.500H20V18H4zM12 15.500a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.600z",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SPACE, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SPACE, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
