/** One button for each face of a picture with several. */
export class FaceChoice {
  constructor(
    private readonly root: HTMLElement,
    private readonly choose: (face: number) => void,
  ) {}

  show(count: number, chosen: number): void {
    this.root.hidden = count < 2;
    if (this.root.childElementCount !== count) this.build(count);
    [...this.root.children].forEach((button, i) => {
      button.setAttribute("aria-pressed", String(i === chosen));
    });
  }

  private build(count: number): void {
    const buttons = Array.from({ length: count }, (_, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = String(i + 1);
      button.addEventListener("click", () => this.choose(i));
      return button;
    });
    this.root.replaceChildren(...buttons);
  }
}
