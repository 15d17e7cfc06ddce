import { convolve } from "./conv";
import { convolveEach } from "./depthwise";
import { average, clear, combine, softmax } from "./each";
import { pool } from "./pool";
import { Step } from "./step";
import { convolveTiles } from "./winograd";

export { packPanels, packTiles, widen } from "./pack";
export { readPixels } from "./pixels";

const CLEAR: i32 = 0;
const LOOK: i32 = 1;
const CONV: i32 = 2;
const DEPTHWISE: i32 = 3;
const POOL: i32 = 4;
const COMBINE: i32 = 5;
const MEAN: i32 = 6;
const SOFTMAX: i32 = 7;
const POOLED: i32 = 8;
const TILES: i32 = 9;

/** The rows of the last step's output that are known to be all the same. */
let alikeFrom: i32 = 0;
let alikeTo: i32 = 0;

/** Where the memory begins that the kernels themselves make no use of. */
export function base(): usize {
  return __heap_base;
}

/** Runs steps that lie one behind the other. */
export function run(first: usize, count: i32): void {
  for (let at = first; count > 0; count--, at += offsetof<Step>()) {
    const step = changetype<Step>(at);
    if (step.op == CLEAR) clear(step);
    else if (step.op == LOOK) look(step);
    else if (step.op == MEAN) average(step);
    else rows(step);
  }
}

/** A letterboxed picture ends in rows of one colour, which need not all be computed. */
function look(s: Step): void {
  const end = s.in + s.inRow * s.inRows;
  const last = end - s.inRow;
  let at = last;
  while (at > s.in && same(at - s.inRow, last, s.rowBytes)) at -= s.inRow;
  alikeFrom = <i32>((at - s.in) / s.inRow);
  alikeTo = s.inRows;
}

function same(a: usize, b: usize, bytes: usize): bool {
  for (let i: usize = 0; i < bytes; i += 4) {
    if (load<u32>(a + i) != load<u32>(b + i)) return false;
  }
  return true;
}

/** All rows of a step; those that see the same input are computed once. */
function rows(s: Step): void {
  if (!s.chained) alikeFrom = alikeTo = 0;
  const from = (alikeFrom + s.above + s.stride - 1) / s.stride;
  const to = min((alikeTo - s.reach + s.above) / s.stride + 1, s.rows);
  if (alikeTo - alikeFrom < s.reach || to - from < 2) {
    alikeFrom = alikeTo = 0;
    return some(s, 0, s.rows);
  }
  some(s, 0, from + 1);
  const model = s.out + from * s.outRow;
  for (let row = from + 1; row < to; row++) {
    memory.copy(s.out + row * s.outRow, model, s.rowBytes);
  }
  if (to < s.rows) some(s, to, s.rows);
  alikeFrom = from;
  alikeTo = to;
}

function some(s: Step, first: i32, last: i32): void {
  if (s.op == CONV) return convolve(s, first, last, s.out + first * s.outRow);
  if (s.op == DEPTHWISE) return convolveEach(s, first, last);
  if (s.op == POOL) return pool(s, first, last, s.in);
  if (s.op == POOLED) return pooled(s, first, last);
  if (s.op == TILES) return convolveTiles(s);
  if (s.op == COMBINE) return combine(s, first, last);
  if (s.op == SOFTMAX) return softmax(s, first, last);
}

/** A convolution whose rows go on to the pooling while they are still near. */
function pooled(s: Step, first: i32, last: i32): void {
  const conv = changetype<Step>(s.parts);
  const behind = changetype<Step>(s.parts + offsetof<Step>());
  for (let row = first; row < last; row++) {
    const from = row * behind.stride;
    convolve(conv, from, min(from + behind.reach, conv.rows), conv.out);
    pool(behind, row, row + 1, conv.out - from * behind.inRow);
  }
}
