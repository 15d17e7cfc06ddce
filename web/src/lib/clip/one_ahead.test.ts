import { expect, test } from "vitest";
import { oneAhead } from "./one_ahead";

/** Items that tell which of them were made and which were thrown away. */
function counted(last: number) {
  const made: number[] = [];
  const discarded: number[] = [];
  async function* items() {
    for (let item = 0; item <= last; item++) {
      made.push(item);
      yield item;
    }
  }
  const abort = new AbortController();
  const reading = oneAhead(items(), (item) => discarded.push(item), abort.signal);
  return { reading, made, discarded, abort };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test("every item comes in order", async () => {
  const { reading, discarded } = counted(3);
  const taken: number[] = [];
  for await (const item of reading) taken.push(item);
  expect(taken).toEqual([0, 1, 2, 3]);
  expect(discarded).toEqual([]);
});

test("one item is made ready while another is in use, and no more", async () => {
  const { reading, made } = counted(9);
  await reading.next();
  await settle();
  expect(made).toEqual([0, 1]);
});

test("who stops early leaves nothing behind", async () => {
  const { reading, discarded } = counted(9);
  for await (const item of reading) if (item === 2) break;
  await settle();
  expect(discarded).toEqual([3]);
});

test("an abort discards at once what is ready, though nobody asks any more", async () => {
  const { reading, discarded, abort } = counted(9);
  await reading.next();
  abort.abort();
  await settle();
  expect(discarded).toEqual([1]);
});

test("after an abort the next item is its reason", async () => {
  const { reading, abort } = counted(9);
  await reading.next();
  abort.abort(new Error("enough"));
  await expect(reading.next()).rejects.toThrow("enough");
});

test("an error comes after the items before it", async () => {
  async function* items() {
    yield 1;
    throw new Error("broken");
  }
  const reading = oneAhead(items(), () => undefined, new AbortController().signal);
  expect((await reading.next()).value).toBe(1);
  await expect(reading.next()).rejects.toThrow("broken");
});
