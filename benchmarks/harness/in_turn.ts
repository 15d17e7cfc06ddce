/**
 * The order of a turn, by Williams' design: in the long run everybody comes first equally often and
 * directly after each other one equally often; three or more never come directly after themselves.
 */
export function inTurn<T>(all: readonly T[], turn: number): T[] {
  const count = all.length;
  const shift = turn % count;
  // 0, 1, -1, 2, -2 and so on: no two neighbours are the same distance apart.
  const zigzag = all.map((_, place) => (place % 2 ? (place + 1) / 2 : -place / 2));
  // With an odd number the same order backwards evens out who comes after whom.
  const backwards = Math.floor(turn / count) % 2 === 1;
  const places = backwards
    ? zigzag.map((place) => place - shift).reverse()
    : zigzag.map((place) => place + shift);
  return places.map((place) => all[(place + 2 * count) % count] as T);
}
