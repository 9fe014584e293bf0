import { z } from "zod";
import type { FieldConflict } from "./conflict.ts";
import { type EditableField, type EditableFields, orderStatuses } from "./order.ts";

/** What the form's controls hold: text as it was typed, before any trimming. */
export interface TypedValues {
  status: EditableFields["status"];
  trackingCompany: string;
  trackingNumber: string;
  note: string;
}

const text = z.string().catch("");

/** Reads what was typed out of any form, a faulty one too: it goes back to the person who typed it. */
const submittedSchema = z.object({
  version: z.coerce.number().int().min(1).nullable().catch(null),
  status: z.enum(orderStatuses).nullable().catch(null),
  trackingCompany: text,
  trackingNumber: text,
  note: text,
});
export type SubmittedEdit = z.infer<typeof submittedSchema>;

export const readSubmitted = (form: FormData): SubmittedEdit =>
  submittedSchema.parse(Object.fromEntries(form));

/** A conflict as the person who has to decide needs it told. */
export interface ConflictAnswer {
  /** The version whose values `theirs` are. */
  version: number;
  conflicts: (FieldConflict & { changedBy: string; changedAt: string })[];
  /** The values that a save would have without the conflicting fields. */
  merged: EditableFields;
}

/** What a save answers that does not lead away. One of the first five is set. */
export interface EditAnswer {
  /** It went through, and whoever sent it asked for this answer instead of the way back to the list. */
  saved: { version: number } | null;
  errors: Partial<Record<EditableField | "version", string[]>> | null;
  conflict: ConflictAnswer | null;
  /** The order is gone: deleted at Shopify, or never this shop's. */
  gone: boolean;
  /**
   * The save came to nothing: `unreachable` may work again in a moment, `signed_out` needs a new session,
   * `uninstalled` a new install.
   */
  trouble: "unreachable" | "signed_out" | "uninstalled" | null;
  /** What was typed, for a page that cannot remember it. */
  submitted: SubmittedEdit | null;
}

export const noAnswer: EditAnswer = {
  saved: null,
  errors: null,
  conflict: null,
  gone: false,
  trouble: null,
  submitted: null,
};
