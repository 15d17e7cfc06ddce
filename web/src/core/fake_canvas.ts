/** For tests outside a browser: an OffscreenCanvas on which every picture has one shade. */
export class FakeCanvas {
  static shade = 0;

  constructor(
    public width: number,
    public height: number,
  ) {}

  getContext() {
    const getImageData = (_x: number, _y: number, width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4).fill(FakeCanvas.shade),
    });
    const draw = () => undefined;
    return { canvas: this, clearRect: draw, drawImage: draw, getImageData };
  }
}
