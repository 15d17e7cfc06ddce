/** What every step has in front: rows of its output, and which rows of its input each needs. */
@unmanaged
export class Step {
  op: i32;
  out: usize;
  /** Bytes from one row to the next, and of what is computed in one. */
  outRow: usize;
  rowBytes: usize;
  rows: i32;
  /** Row y needs the input's rows from y · stride − above on, `reach` of them. */
  stride: i32;
  above: i32;
  reach: i32;
  /** 1 where the input is what the step before made. */
  chained: i32;
  channels: i32;
  activation: i32;
  slope: f32;
  cap: f32;
  slopes: usize;
  in: usize;
  inRow: usize;
  inPix: usize;
  outPix: usize;
  width: i32;
  inRows: i32;
  inWidth: i32;
  strideX: i32;
  left: i32;
  reachX: i32;
  weights: usize;
  bias: usize;
  other: usize;
  otherRow: usize;
  otherPix: usize;
  /** Floats that lie side by side in one row of a convolution's window. */
  across: i32;
  panelsFirst: i32;
  /** The first of the steps that this one consists of. */
  parts: usize;
  /** Outputs along a tile's side, how many tiles there are, and whether 2 × 2 outputs are pooled. */
  tile: i32;
  tilesDown: i32;
  tilesAcross: i32;
  pooled: i32;
  /** Channels that are the net's own. */
  count: i32;
  kind: i32;
  scale: f32;
}
