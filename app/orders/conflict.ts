import { type EditableField, type EditableFields, editableFields } from "./order.ts";

/** One field that both a merchant and somebody else changed since the merchant opened the form. */
export interface FieldConflict {
  field: EditableField;
  /** The value both started from. */
  base: string | null;
  mine: string | null;
  theirs: string | null;
}

export interface MergedEdit {
  /** Their values, with mine in every field that only I changed, and in none that conflicts. */
  merged: EditableFields;
  conflicts: FieldConflict[];
  /** Fields that only the others changed; the merge takes them over without asking. */
  takenOver: EditableField[];
  /** Fields that only I changed, or that I changed the way they did. */
  mine: EditableField[];
}

/**
 * The three-way merge of an edit: what both started from, what I typed, what is stored now.
 *
 * A field that only one side changed takes that side's value. A field that both changed to the same value is
 * no conflict. Anything else is for a person to decide.
 */
export function mergeEdit(base: EditableFields, mine: EditableFields, theirs: EditableFields): MergedEdit {
  const result: MergedEdit = { merged: { ...theirs }, conflicts: [], takenOver: [], mine: [] };
  for (const field of editableFields) {
    if (mine[field] === base[field]) {
      if (theirs[field] !== base[field]) result.takenOver.push(field);
    } else if (theirs[field] === base[field]) {
      assign(result.merged, field, mine);
      result.mine.push(field);
    } else if (mine[field] !== theirs[field]) {
      result.conflicts.push({ field, base: base[field], mine: mine[field], theirs: theirs[field] });
    }
  }
  return result;
}

function assign<Field extends EditableField>(
  target: EditableFields,
  field: Field,
  source: EditableFields,
): void {
  target[field] = source[field];
}

/** The fields in which two versions differ. */
export function changedFields(before: EditableFields, after: EditableFields): EditableField[] {
  return editableFields.filter((field) => before[field] !== after[field]);
}

export type ConflictChoice = "mine" | "theirs";

/**
 * The values to save once a person has decided each conflict.
 * @param mine what the person typed
 * @param choices one per conflicting field; a field without a choice keeps theirs, which loses nothing stored
 */
export function resolveConflicts(
  { merged, conflicts }: MergedEdit,
  mine: EditableFields,
  choices: Partial<Record<EditableField, ConflictChoice>>,
): EditableFields {
  const resolved = { ...merged };
  for (const { field } of conflicts) if (choices[field] === "mine") assign(resolved, field, mine);
  return resolved;
}
