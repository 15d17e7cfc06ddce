/** The part of a picture that fills a frame; in the picture's pixels, at any fraction of one. */
export interface Shot {
  readonly picture: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 640;
const HEIGHT = 480;

/** A canvas that shows one frame of a film after the other. */
export class Stage {
  readonly canvas = document.createElement("canvas");
  private readonly context: CanvasRenderingContext2D;
  private url = "";
  private picture: ImageBitmap | null = null;

  constructor() {
    this.canvas.width = WIDTH;
    this.canvas.height = HEIGHT;
    const context = this.canvas.getContext("2d");
    if (!context) throw new Error("no 2D canvas is to be had here");
    context.imageSmoothingQuality = "high";
    this.context = context;
  }

  async show({ picture, x, y, width, height }: Shot): Promise<void> {
    const source = await this.load(picture);
    this.context.drawImage(source, x, y, width, height, 0, 0, WIDTH, HEIGHT);
    // Browsers draw when somebody looks; nobody shall pay for that in his own time.
    this.context.getImageData(0, 0, 1, 1);
  }

  private async load(url: string): Promise<ImageBitmap> {
    if (this.picture && url === this.url) return this.picture;
    this.picture?.close();
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    this.picture = await createImageBitmap(await response.blob());
    this.url = url;
    return this.picture;
  }
}
