import type { StoredFieldChanges } from "../../drizzle/schema/orders.ts";
import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import {
  type ConflictChoice,
  changedFields,
  type FieldConflict,
  type MergedEdit,
  mergeEdit,
  resolveConflicts,
} from "./conflict.ts";
import {
  describeAllowedMoves,
  type EditableField,
  type EditableFields,
  editableFields,
  isAllowedMove,
  type OrderId,
  pickEditableFields,
} from "./order.ts";

export interface EditOrder {
  shopId: ShopId;
  orderId: OrderId;
  /** The version the form was opened at. */
  openedVersion: number;
  edit: EditableFields;
  /** A person's decision for fields that conflicted in an earlier answer; none on a first save. */
  choices?: Partial<Record<EditableField, ConflictChoice>>;
  /** The version whose values the choices were made against. */
  decidedVersion?: number;
  /** The values the form was opened with, as far as it says. Asked only for texts that were erased since. */
  opened?: Partial<EditableFields>;
  actor: Actor;
}

/** A conflict with the story behind it. */
export interface ExplainedConflict extends FieldConflict {
  changedBy: string;
  /** ISO 8601. */
  changedAt: string;
}

export type EditOutcome =
  /** `takenOver` are fields that others had changed meanwhile and that the save left as they are. */
  | { outcome: "saved"; version: number; takenOver: EditableField[] }
  | { outcome: "unchanged"; version: number; takenOver: EditableField[] }
  | { outcome: "conflict"; version: number; conflicts: ExplainedConflict[]; merged: EditableFields }
  | { outcome: "refused"; version: number; reason: string }
  | { outcome: "not_found" };

/**
 * Saves a merchant's edit (domain rule 4).
 *
 * The row is locked before its version is compared, so of two saves in the same instant the second sees the
 * first one's version. A save that meets a newer version is merged field by field; only a field that both sides
 * changed, differently, comes back as a conflict.
 */
export async function editOrder(
  db: Db,
  { shopId, orderId, actor, ...edit }: EditOrder,
): Promise<EditOutcome> {
  const { outcome, change } = await withShop(db, shopId, async (tx) => {
    const current = await lockOrder(tx, shopId, orderId);
    if (!current) return { outcome: { outcome: "not_found" } as const, change: null };
    const decided = await decide(tx, shopId, orderId, current, edit);
    if (decided.outcome !== "save") return { outcome: decided, change: null };
    const version = await saveVersion(tx, {
      shopId,
      orderId,
      current,
      next: decided.next,
      kind: decided.kind,
      actor,
    });
    const saved = { outcome: "saved", version, takenOver: decided.takenOver } as const;
    return { outcome: saved, change: await countChange(tx, shopId) };
  });
  if (change !== null && outcome.outcome === "saved") {
    notifyShop(db, { shopId, change, orders: [{ id: orderId, version: outcome.version }] });
  }
  return outcome;
}

/** An order's editable fields as locked by {@link lockOrder}. */
export interface LockedOrder extends EditableFields {
  version: number;
  needsReview: boolean;
}

/** Locks a live order for a write. @returns null when the shop has no such order */
export async function lockOrder(tx: Tx, shopId: ShopId, orderId: OrderId): Promise<LockedOrder | null> {
  const [row] = await tx.sql<LockedOrder[]>`
    select version, status, tracking_company as "trackingCompany", tracking_number as "trackingNumber", note,
      needs_review as "needsReview"
    from orders where shop_id = ${shopId} and id = ${orderId} and deleted_at is null for update`;
  return row ?? null;
}

type Decision =
  | { outcome: "save"; next: EditableFields; kind: "edited" | "forced"; takenOver: EditableField[] }
  | Exclude<EditOutcome, { outcome: "saved" } | { outcome: "not_found" }>;

async function decide(
  tx: Tx,
  shopId: ShopId,
  orderId: OrderId,
  current: LockedOrder,
  {
    openedVersion,
    edit,
    choices = {},
    decidedVersion = 0,
    opened = {},
  }: Omit<EditOrder, "shopId" | "orderId" | "actor">,
): Promise<Decision> {
  const { version } = current;
  const since = version > openedVersion ? await readChangesSince(tx, shopId, orderId, openedVersion) : [];
  const theirs = pickEditableFields(current);
  const merge = keepErased(mergeEdit(valuesAt(current, since), edit, theirs), {
    edit,
    theirs,
    since,
    opened,
  });
  // A choice counts only for values the person has seen: a field that changed once more conflicts once more.
  const seenSince = since.filter((event) => event.version > decidedVersion);
  const undecided = merge.conflicts.filter(
    ({ field }) => choices[field] === undefined || seenSince.some((event) => field in event.changes),
  );
  if (undecided.length > 0) {
    return { outcome: "conflict", version, conflicts: explain(merge.conflicts, since), merged: merge.merged };
  }
  const next = resolveConflicts(merge, edit, choices);
  const changed = changedFields(current, next);
  if (changed.length === 0) return { outcome: "unchanged", version, takenOver: merge.takenOver };
  if (!isAllowedMove(current.status, next.status)) {
    return { outcome: "refused", version, reason: describeAllowedMoves(current.status) };
  }
  const forced = merge.conflicts.some(({ field }) => choices[field] === "mine");
  return { outcome: "save", next, kind: forced ? "forced" : "edited", takenOver: merge.takenOver };
}

/**
 * A text that was erased since the form was opened stays erased although the form still carries it, whatever its
 * values are decided to be. Only what the form says it did not open with was typed, and that is for a person to decide.
 */
function keepErased(
  merge: MergedEdit,
  {
    edit,
    theirs,
    since,
    opened,
  }: { edit: EditableFields; theirs: EditableFields; since: ChangeSince[]; opened: Partial<EditableFields> },
): MergedEdit {
  const erased = (field: EditableField) => since.some(({ changes }) => changes[field]?.erased);
  const fields = editableFields.filter((field) => erased(field) && edit[field] !== theirs[field]);
  const typed = fields.filter((field) => opened[field] !== undefined && opened[field] !== edit[field]);
  return {
    merged: { ...merge.merged, ...pickFields(theirs, fields) },
    conflicts: [
      ...merge.conflicts.filter(({ field }) => !fields.includes(field)),
      ...typed.map((field) => ({ field, base: null, mine: edit[field], theirs: theirs[field] })),
    ],
    takenOver: [
      ...merge.takenOver.filter((field) => !fields.includes(field)),
      ...fields.filter((field) => !typed.includes(field)),
    ],
    mine: merge.mine.filter((field) => !fields.includes(field)),
  };
}

const pickFields = (values: EditableFields, fields: EditableField[]): Partial<EditableFields> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));

/** A version made since a form or a page was opened. */
export interface ChangeSince {
  version: number;
  changes: StoredFieldChanges;
  /** A merchant's values that Shopify overwrote. */
  overwritten: Partial<EditableFields> | null;
  actor_name: string;
  created_at: string;
}

/** The versions of an order after the given one, oldest first. */
export function readChangesSince(
  tx: Tx,
  shopId: ShopId,
  orderId: OrderId,
  version: number,
): Promise<ChangeSince[]> {
  return tx.sql<ChangeSince[]>`
    select version, changes, overwritten, actor_name, created_at from order_events
    where shop_id = ${shopId} and order_id = ${orderId} and version > ${version} order by version`;
}

/** The values the form was opened with, walked back from the present by the timeline. */
function valuesAt(current: EditableFields, since: ChangeSince[]): EditableFields {
  const values: Record<EditableField, unknown> = { ...pickEditableFields(current) };
  for (const { changes } of since.toReversed()) {
    for (const field of Object.keys(values) as EditableField[]) {
      const change = changes[field];
      if (change) values[field] = change.from;
    }
  }
  return values as EditableFields;
}

function explain(conflicts: FieldConflict[], since: ChangeSince[]): ExplainedConflict[] {
  return conflicts.map((conflict) => {
    const last = since.findLast(({ changes }) => conflict.field in changes);
    return {
      ...conflict,
      changedBy: last?.actor_name ?? "Somebody",
      changedAt: new Date(last?.created_at ?? Date.now()).toISOString(),
    };
  });
}

export interface SaveVersion {
  shopId: ShopId;
  orderId: OrderId;
  current: LockedOrder;
  next: EditableFields;
  kind: "edited" | "forced" | "restored" | "reviewed";
  actor: Actor;
}

/** Writes one new version of a locked order: the row and its timeline entry. @returns the new version */
export async function saveVersion(
  tx: Tx,
  { shopId, orderId, current, next, kind, actor }: SaveVersion,
): Promise<number> {
  const version = current.version + 1;
  const changes: StoredFieldChanges = Object.fromEntries(
    changedFields(current, next).map((field) => [field, { from: current[field], to: next[field] }]),
  );
  const seen = kind === "restored" || kind === "reviewed";
  await tx.sql`
    update orders set status = ${next.status}, tracking_company = ${next.trackingCompany},
      tracking_number = ${next.trackingNumber}, note = ${next.note}, version = ${version},
      needs_review = needs_review and not ${seen}, updated_at = now()
    where shop_id = ${shopId} and id = ${orderId}`;
  await tx.sql`
    insert into order_events (shop_id, order_id, version, kind, actor_kind, actor_id, actor_name, changes)
    values (${shopId}, ${orderId}, ${version}, ${kind}, ${actor.kind}, ${actor.id}, ${actor.name},
      ${JSON.stringify(changes)}::text::jsonb)`;
  return version;
}
