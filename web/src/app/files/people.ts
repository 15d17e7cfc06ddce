import type { Box, Face, FrameResult } from "../../lib";

/** How far from where it was lost a face may come back, in widths of its box. */
const NEAR = 1.5;

/** One person, who may be lost and found again, each time with a new id. */
interface Person {
  readonly number: number;
  box: Box;
}

/**
 * Gives the faces of a clip numbers that last: a face that comes back where one was lost is the
 * same person, and a clip that only ever shows one face at a time shows one person.
 */
export class People {
  private readonly people: Person[] = [];
  private readonly known = new Map<number, Person>();
  private most = 0;

  /** The next frame, its faces by number. */
  next(result: FrameResult): FrameResult {
    this.most = Math.max(this.most, result.faces.length);
    const here = new Set(result.faces.flatMap(({ id }) => this.known.get(id) ?? []));
    const faces = [...result.faces].sort((a, b) => centre(a.box) - centre(b.box));
    const numbered = faces.map((face) => this.numbered(face, here));
    return { ...result, faces: numbered.sort((a, b) => a.id - b.id) };
  }

  private numbered(face: Face, here: Set<Person>): Face {
    const person = this.known.get(face.id) ?? this.returned(face, here) ?? this.stranger(face);
    this.known.set(face.id, person);
    here.add(person);
    person.box = face.box;
    return { ...face, id: person.number };
  }

  private returned({ box }: Face, here: Set<Person>): Person | undefined {
    const away = this.people.filter((person) => !here.has(person));
    if (this.most === 1) return away[0];
    const near = away.filter((person) => distance(person.box, box) <= NEAR);
    return near.sort((a, b) => distance(a.box, box) - distance(b.box, box))[0];
  }

  private stranger({ box }: Face): Person {
    const person = { number: this.people.length + 1, box };
    this.people.push(person);
    return person;
  }
}

function centre({ x, width }: Box): number {
  return x + width / 2;
}

/** In widths of the larger box. */
function distance(a: Box, b: Box): number {
  const across = centre(a) - centre(b);
  const down = a.y + a.height / 2 - b.y - b.height / 2;
  return Math.hypot(across, down) / Math.max(a.width, b.width);
}
