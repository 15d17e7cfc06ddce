import type { Result } from "./result";

/** The score with the fields of `python -m train compare --json`, and after them both curves. */
export function comparedJson({ score, curves, options, head, reference, take }: Result): string {
  const document = {
    ...score,
    options,
    model: reference.model,
    head,
    reference: { name: reference.name, ...curves.reference },
    take: { name: take.name, ...curves.take },
  };
  return `${JSON.stringify(document)}\n`;
}
