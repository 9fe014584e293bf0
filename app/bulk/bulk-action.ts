import { z } from "zod";
import { type FieldConflict, mergeEdit } from "../orders/conflict.ts";
import {
  describeAllowedMoves,
  type EditableField,
  type EditableFields,
  editableFields,
  isAllowedMove,
  normaliseText,
  orderStatuses,
} from "../orders/order.ts";
import { addTag, mergeTags, removeTag, sameTags, tagSchema } from "../orders/tags.ts";

/**
 * Items that a draft takes down and counts while the person waits, which takes a quarter of a second at most. More
 * are the worker's.
 */
export const waitedForLimit = 5_000;

export type BulkActionId = string & { readonly __bulkActionId: true };

export const bulkActionIdSchema = z
  .string()
  .uuid()
  .transform((id) => id as BulkActionId);

/** What a merchant chooses for many orders at once. The other kinds have values for each order. */
export const chosenChangeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("set_status"),
    status: z.enum(orderStatuses, { errorMap: () => ({ message: "Choose one of the statuses." }) }),
  }),
  z.object({ kind: z.literal("add_tag"), tag: tagSchema }),
  z.object({ kind: z.literal("remove_tag"), tag: tagSchema }),
]);
export type ChosenChange = z.output<typeof chosenChangeSchema>;

export const chosenKinds = ["set_status", "add_tag", "remove_tag"] as const;

/** A name that a kind may have; whether one has it, the registry knows. */
export const kindNameSchema = z.string().regex(/^[a-z_]{1,40}$/);

/** The kind of a draft whose orders are chosen and whose change is not. */
export const undecided = "undecided";

const trackingText = z.string().max(255).transform(normaliseText).pipe(z.string());

/** A company that is not named stays as it is. */
export const trackingSchema = z.object({
  trackingNumber: trackingText,
  trackingCompany: trackingText.optional(),
});

/** What a bulk change can touch of an order. */
export type BulkValues = EditableFields & { tags: string[] };
export type BulkField = keyof BulkValues;

export type BulkChange =
  | ChosenChange
  | { kind: "set_tracking"; trackingNumber: string; trackingCompany?: string }
  /** `before` are the values that the undone action found. */
  | { kind: "undo"; before: Partial<BulkValues> };

const beforeSchema = z
  .object({
    status: z.enum(orderStatuses),
    trackingCompany: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    tags: z.array(z.string()),
  })
  .partial();

/**
 * The change of one order, from what the action says for all of them and what it says for this one.
 * @returns null while nobody has chosen what to change
 */
export function bulkChangeOf(kind: string, input: unknown, itemInput: unknown): BulkChange | null {
  switch (kind) {
    case undecided:
      return null;
    case "set_tracking":
      return { kind, ...trackingSchema.parse(itemInput) };
    case "undo":
      return { kind, before: beforeSchema.parse(itemInput) };
    default:
      return chosenChangeSchema.parse({ ...Object(input), kind });
  }
}

export type BulkVerdict =
  | { outcome: "changed"; next: BulkValues; fields: BulkField[] }
  | { outcome: "unchanged" }
  | { outcome: "conflict"; conflicts: FieldConflict[] }
  | { outcome: "refused"; reason: string };

/**
 * What a bulk change makes of one order.
 * @param base the order as it was when the action was opened: what differs from it now was somebody else's
 */
export function applyBulkChange(current: BulkValues, base: BulkValues, change: BulkChange): BulkVerdict {
  const wanted = wantedFields(change);
  const mine: EditableFields = { ...base, ...wanted };
  const merge = mergeEdit(base, mine, current);
  // A form leaves alone what nobody typed into. Here a value was asked for, even where it stood already.
  const takenBack = merge.takenOver
    .filter((field) => field in wanted)
    .map((field) => ({ field, base: base[field], mine: mine[field], theirs: current[field] }));
  const conflicts = [...merge.conflicts, ...takenBack];
  if (conflicts.length > 0) return { outcome: "conflict", conflicts };

  const next = { ...merge.merged, tags: changeTags(current.tags, base.tags, change) };
  const fields = changedBulkFields(current, next);
  if (fields.length === 0) return { outcome: "unchanged" };
  // An undo puts back what was there, also where the way back is none that a merchant could take.
  if (change.kind !== "undo" && !isAllowedMove(current.status, next.status))
    return { outcome: "refused", reason: describeAllowedMoves(current.status) };
  return { outcome: "changed", next, fields };
}

function wantedFields(change: BulkChange): Partial<EditableFields> {
  switch (change.kind) {
    case "set_status":
      return { status: change.status };
    case "set_tracking": {
      const { trackingNumber, trackingCompany } = change;
      return trackingCompany === undefined ? { trackingNumber } : { trackingNumber, trackingCompany };
    }
    case "undo": {
      const { tags: _, ...fields } = change.before;
      return fields;
    }
    default:
      return {};
  }
}

/** Tags are a set: adding and removing mean the same whatever others did meanwhile, so they cannot conflict. */
function changeTags(current: string[], base: string[], change: BulkChange): string[] {
  switch (change.kind) {
    case "add_tag":
      return addTag(current, change.tag);
    case "remove_tag":
      return removeTag(current, change.tag);
    case "undo":
      return change.before.tags ? mergeTags(base, change.before.tags, current) : current;
    default:
      return current;
  }
}

function changedBulkFields(before: BulkValues, after: BulkValues): BulkField[] {
  const fields: BulkField[] = editableFields.filter((field: EditableField) => before[field] !== after[field]);
  const tagsDiffer = !sameTags(before.tags, after.tags) || before.tags.join() !== after.tags.join();
  return tagsDiffer ? [...fields, "tags"] : fields;
}

/** Some fields of an order's values. */
export const pickBulkFields = (values: BulkValues, fields: BulkField[]): Partial<BulkValues> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));
