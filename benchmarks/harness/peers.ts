import type { Contestant, Outcome, Task } from "./contestant";
import { inTurn } from "./in_turn";

interface Entry {
  readonly name: string;
  /** Its page, beside this one. */
  readonly page: string;
  readonly options: unknown;
}

interface Ran {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

let contestants = new Map<string, Contestant>();
/** Tasks that these contestants have done. */
let turn = 0;

/** Takes the place of those that were open before; what each tells of itself, by name. */
async function open(entries: readonly Entry[]): Promise<Record<string, unknown>> {
  for (const frame of document.querySelectorAll("iframe")) frame.remove();
  contestants = new Map();
  turn = 0;
  const told: Record<string, unknown> = {};
  for (const { name, page, options } of entries) {
    const contestant = await load(page);
    told[name] = await contestant.open(options).catch((error: Error) => {
      throw new Error(`${name}: ${error.message}`);
    });
    contestants.set(name, contestant);
  }
  return told;
}

/** Every contestant does every task, one at a time, in another order each. */
async function run(tasks: readonly Task[]): Promise<{ order: string[]; ran: Ran[] }> {
  const outcomes = new Map([...contestants.keys()].map((name) => [name, [] as Outcome[]]));
  const order: string[] = [];
  for (const task of tasks) {
    for (const [name, contestant] of inTurn([...contestants], turn++)) {
      await contestant.prepare(task);
      outcomes.get(name)?.push(await contestant.run(task));
      order.push(name);
    }
  }
  return {
    order,
    ran: [...outcomes].map(([name, own]) => ({ name, outcomes: own })),
  };
}

async function load(page: string): Promise<Contestant> {
  const element = document.createElement("iframe");
  element.src = new URL(page, document.baseURI).href;
  const loaded = new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = reject;
  });
  document.body.append(element);
  await loaded;
  if (!element.contentWindow?.contestant) throw new Error(`${page}: it did not open`);
  return element.contentWindow.contestant;
}

const facecast = { open, run };

Object.assign(window, { facecast });
