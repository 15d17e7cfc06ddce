import { byId } from "./dom";

/** `isClip` tells clips from pictures. */
type Take = (file: File, isClip: boolean) => void;

/** Every way in which a file can come: buttons, drag and drop, paste. */
export function onFile(take: Take): void {
  for (const kind of ["picture", "clip"]) {
    const input = byId<HTMLInputElement>(`${kind}-file`);
    byId(kind).addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      takeFirst(input.files, take, kind === "clip");
      input.value = "";
    });
  }
  onDrop(take);
  addEventListener("paste", (event) => takeFirst(event.clipboardData?.files, take));
}

function onDrop(take: Take): void {
  const { classList } = document.body;
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    classList.add("dragging");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) classList.remove("dragging");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    classList.remove("dragging");
    takeFirst(event.dataTransfer?.files, take);
  });
}

/** Where the file does not say what it is, `isClip` does. */
function takeFirst(files: FileList | null | undefined, take: Take, isClip = false): void {
  const [file] = files ?? [];
  if (file) take(file, file.type ? file.type.startsWith("video/") : isClip);
}
