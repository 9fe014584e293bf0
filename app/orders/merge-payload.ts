import type { StoredFieldChanges } from "../../drizzle/schema/orders.ts";
import type { ExternalFields, MappedOrder } from "./map-order-payload.ts";
import { type EditableFields, editableFields } from "./order.ts";
import { mergeTags } from "./tags.ts";

/** An order as far as applying a payload is concerned. */
export interface OrderState {
  version: number;
  external: ExternalFields;
  editable: EditableFields;
  /** Shopify's last mapped values of the fields that a merchant can change: the base of the merge. */
  base: EditableFields & { tags: string[] };
  needsReview: boolean;
  lastExternalUpdatedAt: string;
  /** Microseconds since 1970; null when reconciliation brought the state. */
  lastTriggeredUs: number | null;
  lastContentHash: string;
}

/** When and as what a payload came. */
export interface Arrival {
  triggeredUs: number | null;
  contentHash: string;
}

export interface PayloadEvent {
  version: number;
  kind: "created" | "synced";
  changes: StoredFieldChanges;
  overwritten: Partial<EditableFields> | null;
}

export type MergeOutcome =
  | { outcome: "stale"; reason: string }
  /** `event` is null when nothing that a merchant sees has changed: no version, no timeline row, no hint. */
  | { outcome: "applied"; state: OrderState; event: PayloadEvent | null };

/**
 * Applies one payload to an order's state (domain rule 3). Pure: the caller holds the order's lock.
 * @param current null when the order is new to us; any order topic may be the first
 * @param shipments how many there were and are, when a merchant sees any of them differently; else null
 */
export function mergePayload(
  current: OrderState | null,
  incoming: MappedOrder,
  arrival: Arrival,
  shipments: StoredFieldChanges[string] | null = null,
): MergeOutcome {
  if (!current) return { outcome: "applied", ...createState(incoming, arrival) };
  const stale = staleReason(current, incoming, arrival);
  if (stale) return { outcome: "stale", reason: stale };

  const { editable, overwritten } = mergeEditable(current, incoming.editable);
  // Both sides change tags too, but a set merges without a winner.
  const tags = mergeTags(current.base.tags, current.external.tags, incoming.external.tags);
  const external = { ...incoming.external, tags };
  const changes = diff({ ...current.external, ...current.editable }, { ...external, ...editable });
  if (shipments && !tellsOfShipments(changes)) changes.shipments = shipments;
  const changed = Object.keys(changes).length > 0;
  const version = changed ? current.version + 1 : current.version;
  const state: OrderState = {
    version,
    external,
    editable,
    base: baseOf(incoming),
    needsReview: current.needsReview || overwritten !== null,
    lastExternalUpdatedAt: incoming.updatedAt,
    lastTriggeredUs: arrival.triggeredUs ?? current.lastTriggeredUs,
    lastContentHash: arrival.contentHash,
  };
  return {
    outcome: "applied",
    state,
    event: changed ? { version, kind: "synced", changes, overwritten } : null,
  };
}

const baseOf = ({ editable, external }: MappedOrder) => ({ ...editable, tags: external.tags });

function createState(incoming: MappedOrder, arrival: Arrival): { state: OrderState; event: PayloadEvent } {
  const state: OrderState = {
    version: 1,
    external: incoming.external,
    editable: incoming.editable,
    base: baseOf(incoming),
    needsReview: false,
    lastExternalUpdatedAt: incoming.updatedAt,
    lastTriggeredUs: arrival.triggeredUs,
    lastContentHash: arrival.contentHash,
  };
  return { state, event: { version: 1, kind: "created", changes: {}, overwritten: null } };
}

/** Never backwards: an older payload, or an equal stamp that brings nothing newer, changes nothing. */
function staleReason(current: OrderState, incoming: MappedOrder, arrival: Arrival): string | null {
  const seen = Date.parse(current.lastExternalUpdatedAt);
  const now = Date.parse(incoming.updatedAt);
  if (now < seen) return `A newer state of the order is already here (${current.lastExternalUpdatedAt}).`;
  if (now > seen) return null;
  if (arrival.contentHash === current.lastContentHash) return "The same content is already here.";
  if (
    current.lastTriggeredUs !== null &&
    (arrival.triggeredUs === null || arrival.triggeredUs < current.lastTriggeredUs)
  ) {
    return "A delivery of the same second that was triggered later is already here.";
  }
  return null;
}

/**
 * Base, ours, theirs for each field a merchant can edit. A payload that says nothing new about a field leaves
 * the merchant's value; where both changed it, Shopify wins and the merchant's value is kept aside.
 */
function mergeEditable(current: OrderState, theirs: EditableFields) {
  const editable = { ...current.editable };
  const overwritten: Partial<EditableFields> = {};
  const take = <Field extends keyof EditableFields>(field: Field) => {
    if (theirs[field] === current.base[field] || theirs[field] === current.editable[field]) return;
    if (current.editable[field] !== current.base[field]) overwritten[field] = current.editable[field];
    editable[field] = theirs[field];
  };
  for (const field of editableFields) take(field);
  return { editable, overwritten: Object.keys(overwritten).length > 0 ? overwritten : null };
}

type Visible = ExternalFields & EditableFields;

/** Fields that only repeat what another field already tells a merchant. */
const derived = new Set<string>([
  "computedTotalMinor",
  "orderedTotalMinor",
  "itemsText",
  "totalWeightGrams",
  "shippingLines",
]);

/** Fields that already say what happened to the shipments. */
const shipmentFields: (keyof Visible)[] = [
  "fulfillmentStatus",
  "trackingCompany",
  "trackingNumber",
  "shippedAt",
  "deliveredAt",
];

const tellsOfShipments = (changes: StoredFieldChanges) => shipmentFields.some((field) => field in changes);

function diff(before: Visible, after: Visible): StoredFieldChanges {
  const changes: StoredFieldChanges = {};
  for (const field of Object.keys(after) as (keyof Visible)[]) {
    if (sameValue(before[field], after[field]) || derived.has(field)) continue;
    // A hash tells a merchant nothing: say that the items changed, and by how many if their number did.
    if (field === "linesHash") changes.items = { from: before.itemCount, to: after.itemCount };
    else if (field !== "itemCount")
      changes[field] = { from: before[field] ?? null, to: after[field] ?? null };
  }
  return changes;
}

/** Equality by content. Key order does not count: `jsonb` gives objects back in an order of its own. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
  );
}
