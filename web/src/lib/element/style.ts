/** Parts and the two properties can be overruled by the page. */
const STYLE = `
:host {
  display: block;
  font: 600 0.75rem/1.5 system-ui, sans-serif;
}
:host([hidden]), [hidden] {
  display: none;
}
.stage {
  position: relative;
  overflow: hidden;
}
video, canvas {
  display: block;
  width: 100%;
  height: auto;
}
.mirrored {
  transform: scaleX(-1);
}
.boxes {
  position: absolute;
  inset: 0;
  pointer-events: none;
}
.box {
  position: absolute;
  box-sizing: border-box;
  border: 2px solid var(--face-emotion-line, #fff);
  border-radius: 0.625rem;
  box-shadow: 0 0 0 1px rgb(0 0 0 / 35%), inset 0 0 0 1px rgb(0 0 0 / 35%);
}
.label {
  position: absolute;
  inset-inline-start: -2px;
  inset-block-end: 100%;
  width: max-content;
  margin-block-end: 2px;
  padding-inline: 0.5em;
  border-radius: 0.5em;
  background: var(--face-emotion-glass, rgb(14 17 22 / 78%));
  color: var(--face-emotion-line, #fff);
}
.high .label {
  inset-block-end: auto;
  inset-block-start: 0;
}
.notice {
  margin: 0;
  padding: 0.5em;
  overflow-wrap: anywhere;
}
`;

/** A sheet, for a page whose policy forbids what a `<style>` would say. */
export function styleSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  return sheet;
}
