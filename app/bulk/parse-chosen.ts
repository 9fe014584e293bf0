import { ZodError } from "zod";
import type { BulkKinds, Chosen } from "./bulk-kind.ts";

export type ChosenOutcome =
  | ({ outcome: "chosen" } & Chosen)
  /** With a sentence for the person. */
  | { outcome: "invalid"; message: string };

/** Reads the form in which a person chooses what a draft changes. */
export function parseChosen(kinds: BulkKinds, kind: string, form: unknown): ChosenOutcome {
  const parse = Object.hasOwn(kinds, kind) ? kinds[kind]?.parse : null;
  if (!parse) return { outcome: "invalid", message: "Choose what to change." };
  try {
    return { outcome: "chosen", kind, input: parse(form) };
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    return { outcome: "invalid", message: error.issues[0]?.message ?? "Choose what to change." };
  }
}
