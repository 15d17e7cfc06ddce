import type { Contestant, Outcome, Task } from "./contestant";

interface Entry {
  readonly name: string;
  /** Its page, beside this one. */
  readonly page: string;
  readonly options: unknown;
}

/** For all of them, by their names: who is first does it first. */
interface Turn extends Task {
  readonly order: readonly string[];
}

let contestants = new Map<string, Contestant>();

/** Takes the place of those that were open before; what each tells of itself, by name. */
async function open(entries: readonly Entry[]): Promise<Record<string, unknown>> {
  for (const frame of document.querySelectorAll("iframe")) frame.remove();
  contestants = new Map();
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

/** Every contestant does every task, one at a time; by name what each of them did. */
async function run(turns: readonly Turn[]): Promise<Record<string, Outcome[]>> {
  const ran: Record<string, Outcome[]> = {};
  for (const { order, ...task } of turns) {
    for (const name of order) {
      const contestant = contestants.get(name);
      if (!contestant) throw new Error(`${name}: did not open`);
      await contestant.prepare(task);
      ran[name] = [...(ran[name] ?? []), await contestant.run(task)];
    }
  }
  return ran;
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
