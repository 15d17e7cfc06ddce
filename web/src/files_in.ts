import { byId } from "./dom";

/** Every way in which a file can come: buttons, drag and drop, paste. */
export function onFile(take: (file: File) => void): void {
  for (const kind of ["picture", "clip"]) {
    const input = byId<HTMLInputElement>(`${kind}-file`);
    byId(kind).addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      if (file) take(file);
      input.value = "";
    });
  }
  onDrop(take);
  addEventListener("paste", (event) => {
    const [file] = event.clipboardData?.files ?? [];
    if (file) take(file);
  });
}

function onDrop(take: (file: File) => void): void {
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
    const [file] = event.dataTransfer?.files ?? [];
    if (file) take(file);
  });
}
