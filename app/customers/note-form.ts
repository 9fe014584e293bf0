import { z } from "zod";
import { normaliseText } from "../normalise-text.ts";

export const maxNoteLength = 5_000;

const version = z.coerce.number().int().min(1);

/**
 * The form of a customer's note. `decidedVersion` is the version whose note its writer saw beside their own and
 * decided to replace.
 */
export const noteFormSchema = z.object({
  version,
  openedNote: z.string().max(20_000).transform(normaliseText),
  note: z
    .string()
    .max(20_000)
    .transform(normaliseText)
    .refine((note) => (note ?? "").length <= maxNoteLength, {
      message: `Notes have up to ${maxNoteLength.toLocaleString("en")} characters.`,
    }),
  decidedVersion: version.optional(),
});

const submittedSchema = z.object({
  version: version.nullable().catch(null),
  openedNote: z.string().catch(""),
  note: z.string().catch(""),
});
export type SubmittedNote = z.infer<typeof submittedSchema>;

/** Reads what was typed out of any form, a faulty one too: it goes back to the person who typed it. */
export const readSubmittedNote = (form: FormData): SubmittedNote =>
  submittedSchema.parse(Object.fromEntries(form));

/** What a save that did not go through answers. */
export interface NoteAnswer {
  error: string | null;
  /** `unreachable` may work again in a moment, `signed_out` needs a new session. */
  trouble: "unreachable" | "signed_out" | null;
  submitted: SubmittedNote | null;
}

export const noAnswer: NoteAnswer = { error: null, trouble: null, submitted: null };
