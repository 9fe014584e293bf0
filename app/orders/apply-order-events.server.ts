import { v7 as uuidv7 } from "uuid";
import { applyCustomers, type KnownCustomer } from "../customers/apply-customers.server.ts";
import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { MappedOrder } from "./map-order-payload.ts";
import { type Arrival, mergePayload } from "./merge-payload.ts";
import type { OrderFold } from "./order-fold.ts";
import { lockOrders, readOrderStates, type StoredOrder } from "./order-states.server.ts";
import { writeDeletions, writeOrders } from "./write-orders.server.ts";

/** One thing Shopify told us of one order, parsed. `key` is the caller's own name for it. */
export type OrderEvent =
  | { key: number; kind: "payload"; order: MappedOrder; arrival: Arrival; webhookEventId: number | null }
  | { key: number; kind: "deletion"; shopifyOrderId: string; webhookEventId: number | null };

export interface EventVerdict {
  key: number;
  status: "applied" | "stale" | "ignored";
  reason: string | null;
}

export interface AppliedEvents {
  verdicts: EventVerdict[];
  /** Orders that a merchant now sees differently, with their new versions. */
  changed: { id: string; version: number }[];
}

/**
 * Applies what Shopify told us of a shop's orders, in the order given, as a set: a handful of statements
 * whatever the number of events. The transaction must be in the shop.
 *
 * Each order is locked first, in one sorted statement, so that two payloads of one order never apply at the
 * same time, not even when the order is new and there is no row to lock, and two batches never deadlock.
 */
export async function applyOrderEvents(tx: Tx, shopId: ShopId, events: OrderEvent[]): Promise<AppliedEvents> {
  const ids = [...new Set(events.map(orderIdOf))].sort();
  await lockOrders(tx, shopId, ids);
  const { orders, tombstones } = await readOrderStates(tx, shopId, ids);
  const customers = await applyCustomers(
    tx,
    shopId,
    events.flatMap((event) =>
      event.kind === "payload" && event.order.customer ? [event.order.customer] : [],
    ),
  );

  const folds = new Map(ids.map((id) => [id, startFold(id, orders.get(id) ?? null, tombstones.has(id))]));
  const verdicts = events.map((event) => {
    const fold = folds.get(orderIdOf(event));
    if (!fold) throw new Error("every event's order was read");
    return { key: event.key, ...foldEvent(fold, event, customers) };
  });

  const touched = [...folds.values()].filter((fold) => fold.touched);
  await writeOrders(tx, shopId, touched);
  await writeDeletions(
    tx,
    shopId,
    touched.filter((fold) => fold.deleted),
  );
  const changed = touched.flatMap(({ id, versions }) => {
    const last = versions.at(-1);
    return last ? [{ id, version: last.version }] : [];
  });
  return { verdicts, changed };
}

const orderIdOf = (event: OrderEvent) =>
  event.kind === "payload" ? event.order.shopifyOrderId : event.shopifyOrderId;

function startFold(shopifyOrderId: string, stored: StoredOrder | null, deleted: boolean): OrderFold {
  return {
    id: stored?.id ?? uuidv7(),
    shopifyOrderId,
    stored,
    state: stored?.state ?? null,
    lines: null,
    customerId: stored?.customerId ?? null,
    webhookEventId: stored?.webhookEventId ?? null,
    versions: [],
    deleted: deleted || (stored?.deleted ?? false),
    touched: false,
  };
}

function foldEvent(
  fold: OrderFold,
  event: OrderEvent,
  customers: Map<string, KnownCustomer>,
): Omit<EventVerdict, "key"> {
  if (fold.deleted) return { status: "ignored", reason: "The order was deleted at Shopify." };
  if (event.kind === "deletion") return foldDeletion(fold, event.webhookEventId);

  const customer = customers.get(event.order.customer?.shopifyCustomerId ?? "");
  const order = customer?.erased ? withoutPersonalData(event.order) : event.order;
  const merged = mergePayload(fold.state, order, event.arrival);
  if (merged.outcome === "stale") return { status: "stale", reason: merged.reason };

  // Lines are rewritten only when they differ; the hash spares reading them.
  if (fold.state?.external.linesHash !== merged.state.external.linesHash) fold.lines = order.lines;
  if (merged.event) fold.versions.push({ ...merged.event, webhookEventId: event.webhookEventId });
  Object.assign(fold, {
    state: merged.state,
    customerId: customer?.id ?? null,
    webhookEventId: event.webhookEventId,
    touched: true,
  });
  return { status: "applied", reason: null };
}

function foldDeletion(fold: OrderFold, webhookEventId: number | null): Omit<EventVerdict, "key"> {
  Object.assign(fold, { deleted: true, touched: true });
  if (fold.state) {
    const version = fold.state.version + 1;
    fold.state = { ...fold.state, version };
    fold.versions.push({ version, kind: "deleted", changes: {}, overwritten: null, webhookEventId });
  }
  return { status: "applied", reason: null };
}

/** A payload that was under way when its customer was erased must not bring the person back. */
function withoutPersonalData(order: MappedOrder): MappedOrder {
  const external = {
    ...order.external,
    customerName: null,
    email: null,
    shippingAddress: null,
    billingAddress: null,
  };
  return { ...order, external, editable: { ...order.editable, note: null } };
}
