import type { StoredFieldChanges } from "../schema/orders.ts";
import type { SeedEditable, SeedOrder } from "./seed-order.ts";
import { shortNotes, staff } from "./seed-texts.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A row of the timeline. */
export interface SeedVersion {
  kind: "created" | "synced" | "edited";
  /** Null for Shopify. */
  staff: readonly [id: string, name: string] | null;
  changes: StoredFieldChanges;
  overwritten: { note: string } | null;
  atMs: number;
}

type Shipped = Pick<
  SeedOrder,
  | "createdAtMs"
  | "shippedAtMs"
  | "deliveredAtMs"
  | "cancelledAtMs"
  | "financialStatus"
  | "fulfillmentStatus"
  | "shopifyValues"
>;

type Versions = Pick<SeedOrder, "versions" | "editable" | "shopifyValues" | "needsReview">;

/**
 * The way an order came to what it is: created, changed by Shopify, here and there by a merchant. One row for each
 * version, each with what it changed.
 */
export function makeVersions(random: SeededRandom, order: Shipped, untilMs: number): Versions {
  const versions = [version("created", order.createdAtMs, {}), ...shopifyVersions(random, order)];
  const last = Math.max(...versions.map(({ atMs }) => atMs));
  const later = Math.min(last + random.integer(1, 600) * 60_000, untilMs);
  if (random.chance(0.004)) return overwrittenNote(random, order, versions, later);
  if (!random.chance(0.06)) return done(order, versions, {});
  const edit = makeEdit(random, order.shopifyValues);
  const changes = changesBetween(order.shopifyValues, { ...order.shopifyValues, ...edit });
  if (Object.keys(changes).length > 0)
    versions.push({ ...version("edited", later, changes), staff: random.pick(staff) });
  return done(order, versions, edit);
}

function done({ shopifyValues }: Shipped, versions: SeedVersion[], edit: Partial<SeedEditable>): Versions {
  return { versions, shopifyValues, editable: { ...shopifyValues, ...edit }, needsReview: false };
}

const version = (kind: SeedVersion["kind"], atMs: number, changes: SeedVersion["changes"]): SeedVersion => ({
  kind,
  atMs,
  changes,
  staff: null,
  overwritten: null,
});

function shopifyVersions(random: SeededRandom, order: Shipped): SeedVersion[] {
  const { status, trackingCompany, trackingNumber } = order.shopifyValues;
  const { cancelledAtMs, shippedAtMs, deliveredAtMs } = order;
  if (cancelledAtMs !== null) {
    const changes = { status: { from: "CONFIRMED", to: status }, cancelledAt: gained(cancelledAtMs) };
    return [version("synced", cancelledAtMs, changes)];
  }
  if (shippedAtMs === null) return [];
  const shipment: SeedVersion["changes"] = {
    ...(status === "SHIPPED" && { status: { from: "CONFIRMED", to: status } }),
    fulfillmentStatus: { from: null, to: order.fulfillmentStatus },
    ...(trackingCompany && { trackingCompany: { from: null, to: trackingCompany } }),
    ...(trackingNumber && { trackingNumber: { from: null, to: trackingNumber } }),
    shippedAt: gained(shippedAtMs),
  };
  if (deliveredAtMs === null) return [version("synced", shippedAtMs, shipment)];
  const delivery = { deliveredAt: gained(deliveredAtMs) };
  // Often both are heard of at once: the shop was asked later, or its deliveries came late.
  if (random.chance(0.7)) return [version("synced", deliveredAtMs, { ...shipment, ...delivery })];
  return [version("synced", shippedAtMs, shipment), version("synced", deliveredAtMs, delivery)];
}

const gained = (ms: number) => ({ from: null, to: new Date(ms).toISOString() });

function makeEdit(random: SeededRandom, values: SeedEditable): Partial<SeedEditable> {
  switch (random.weighted(edits)) {
    case "note":
      return { note: random.pick(shortNotes) };
    case "tag":
      return { tags: [...new Set([...values.tags, random.pick(["hold", "checked", "VIP"])])].sort() };
    case "tracking":
      return { trackingCompany: "DHL", trackingNumber: `JJD0${random.integer(100_000_000, 999_999_999)}` };
    case "status":
      return { status: nextStatus[values.status] ?? values.status };
  }
}

const edits = [
  ["note", 50],
  ["tag", 25],
  ["tracking", 10],
  ["status", 15],
] as const;

/** Moves that a merchant may make. */
const nextStatus: Record<string, string> = { PENDING: "CONFIRMED", CONFIRMED: "SHIPPED" };

function changesBetween(before: SeedEditable, after: SeedEditable): SeedVersion["changes"] {
  const changes: SeedVersion["changes"] = {};
  for (const field of ["status", "trackingCompany", "trackingNumber", "note", "tags"] as const) {
    if (String(before[field]) !== String(after[field]))
      changes[field] = { from: before[field], to: after[field] };
  }
  return changes;
}

/** A merchant's note that Shopify's replaced: it waits for somebody to look at it. */
function overwrittenNote(
  random: SeededRandom,
  { shopifyValues }: Shipped,
  versions: SeedVersion[],
  later: number,
): Versions {
  const [ours = "", theirs = ""] = [`Ours: ${random.pick(shortNotes)}`, random.pick(shortNotes)];
  const edited = version("edited", later, { note: { from: shopifyValues.note, to: ours } });
  const synced = version("synced", later, { note: { from: ours, to: theirs } });
  const values = { ...shopifyValues, note: theirs };
  return {
    versions: [
      ...versions,
      { ...edited, staff: random.pick(staff) },
      { ...synced, overwritten: { note: ours } },
    ],
    shopifyValues: values,
    editable: values,
    needsReview: true,
  };
}
