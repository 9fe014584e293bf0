import { z } from "zod";
import type { ConflictChoice } from "./conflict.ts";
import { type EditableField, editableFields, editableFieldsSchema, normaliseText } from "./order.ts";

/**
 * The edit form as it is posted, by a script or by a plain browser.
 *
 * `intent` says how conflicts are decided: `save` takes each field's own choice, `refresh` theirs for all,
 * `force` mine for all. `decidedVersion` is the version whose values the person saw when deciding.
 */
export const editFormSchema = editableFieldsSchema.extend({
  version: z.coerce.number().int().min(1, "The version is missing. Open the order again."),
  /** The notes the form was opened with: after an erasure nothing else tells a new text from the erased one. */
  openedNote: z.string().max(20_000).transform(normaliseText).optional(),
  decidedVersion: z.coerce.number().int().min(1).optional(),
  intent: z.enum(["save", "refresh", "force"]).default("save"),
  /** A cell of the list stays where it is and asks for an answer, a form is led back to where it was opened. */
  answer: z.enum(["redirect", "data"]).default("redirect"),
});

/** The name of a field's choice in the form: `choice.note` is `mine` or `theirs`. */
export const choiceName = (field: EditableField) => `choice.${field}`;

/** Reads the choices of a posted form. A field without one is undecided. */
export function readChoices(
  form: FormData,
  intent: "save" | "refresh" | "force",
): Partial<Record<EditableField, ConflictChoice>> {
  const choices: Partial<Record<EditableField, ConflictChoice>> = {};
  for (const field of editableFields) {
    const value = intent === "save" ? form.get(choiceName(field)) : intent === "force" ? "mine" : "theirs";
    if (value === "mine" || value === "theirs") choices[field] = value;
  }
  return choices;
}
