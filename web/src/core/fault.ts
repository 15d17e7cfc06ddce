/** What can go wrong, each with a sentence of its own in the words of the page. */
export type FaultCode =
  | "no-manifest"
  | "missing-file"
  | "damaged-file"
  | "bad-contract"
  | "no-backend"
  | "camera-denied"
  | "camera-missing"
  | "camera-failed"
  | "camera-lost"
  | "bad-picture"
  | "bad-clip"
  | "no-video"
  | "worker-lost"
  | "incomparable"
  | "disposed"
  | "internal";

/** An error that a user can act on; `detail` names the file or the cause. */
export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault("internal", error instanceof Error ? error.message : String(error));
}
