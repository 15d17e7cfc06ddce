import type { Graph } from "./backend";
import type { Contract } from "./contract";
import { cropRect } from "./crop_rect";
import type { Picture } from "./frame_canvas";
import type { Box } from "./geometry";
import { Normaliser } from "./normalise";
import { PatchReader } from "./patch_reader";
import { grey, patchOf, Sampler } from "./sampler";

/** From a face's box in a picture to the net's raw output. */
export class Classifier {
  private readonly reader = new PatchReader();
  private readonly sampler: Sampler;
  private readonly normaliser: Normaliser;
  private readonly luma: Uint8Array;

  constructor(
    private readonly graph: Graph,
    private readonly contract: Contract,
  ) {
    this.sampler = new Sampler(contract.input.size);
    this.normaliser = new Normaliser(contract.input);
    this.luma = new Uint8Array(contract.input.size ** 2);
  }

  /** The bytes of a face that the net sees, size × size × its channels, until the next are made. */
  crop(picture: Picture, box: Box): Uint8Array {
    const { rule } = this.contract.crop;
    const rect = cropRect(box, rule);
    const patch = this.reader.read(picture, patchOf(rect, picture));
    const rgb = this.sampler.sample(patch, rect, rule.edge);
    return this.contract.input.channels === "grey" ? grey(rgb, this.luma) : rgb;
  }

  /** What the net says to such bytes. */
  async classify(bytes: Uint8Array): Promise<Float32Array> {
    const { size } = this.contract.input;
    const shape = [1, size, size, bytes.length / (size * size)];
    return (await this.graph.run(this.normaliser.normalise(bytes), shape)).values;
  }
}
