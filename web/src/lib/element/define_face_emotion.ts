/** Teaches the page `<face-emotion>`. Only pages that use it fetch its code. */
export async function defineFaceEmotion(): Promise<void> {
  const { FaceEmotion } = await import("./face_emotion");
  if (!customElements.get("face-emotion")) customElements.define("face-emotion", FaceEmotion);
}
