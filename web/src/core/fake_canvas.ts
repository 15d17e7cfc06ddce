/** For tests outside a browser: an OffscreenCanvas on which every picture is black. */
export class FakeCanvas {
  constructor(
    public width: number,
    public height: number,
  ) {}

  getContext() {
    const getImageData = (_x: number, _y: number, width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4),
    });
    const draw = () => undefined;
    return { canvas: this, clearRect: draw, drawImage: draw, getImageData };
  }
}
