/** Files that are dropped or pasted anywhere on the page. */
export function onFiles(take: (files: readonly File[]) => void, signal: AbortSignal): void {
  const { classList } = document.body;
  const given = (files: FileList | null | undefined) => {
    if (files?.length) take([...files]);
  };
  const on = <Kind extends keyof WindowEventMap>(
    kind: Kind,
    heard: (event: WindowEventMap[Kind]) => void,
  ) => addEventListener(kind, heard, { signal });
  on("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    classList.add("dragging");
  });
  on("dragleave", (event) => {
    if (!event.relatedTarget) classList.remove("dragging");
  });
  on("drop", (event) => {
    event.preventDefault();
    classList.remove("dragging");
    given(event.dataTransfer?.files);
  });
  on("paste", (event) => given(event.clipboardData?.files));
}
