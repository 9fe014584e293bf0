import { v7 as uuidv7 } from "uuid";
import { applyCustomers, type KnownCustomer } from "../customers/apply-customers.server.ts";
import { findErased } from "../customers/erased-people.server.ts";
import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { foldShipmentEvent } from "./fold-shipment-event.ts";
import type { MappedOrder } from "./map-order-payload.ts";
import { type Arrival, mergePayload } from "./merge-payload.ts";
import type { OrderFold } from "./order-fold.ts";
import { deleteShipments, writeShipments } from "./order-shipments.server.ts";
import { lockOrders, readOrderStates, type StoredOrder } from "./order-states.server.ts";
import { lookAlike, mergeShipments, type Shipment, type ShipmentEvent, shipmentTimes } from "./shipments.ts";
import { writeDeletions, writeOrders } from "./write-orders.server.ts";

/** One thing Shopify told us of one order, parsed. `key` is the caller's own name for it. */
export type OrderEvent =
  | { key: number; kind: "payload"; order: MappedOrder; arrival: Arrival; webhookEventId: number | null }
  | { key: number; kind: "deletion"; shopifyOrderId: string; webhookEventId: number | null }
  | {
      key: number;
      kind: "shipment";
      shopifyOrderId: string;
      event: ShipmentEvent;
      webhookEventId: number | null;
    };

export interface EventVerdict {
  key: number;
  status: "applied" | "stale" | "ignored";
  reason: string | null;
  /** It speaks of somebody who was erased, so its raw bytes must not be kept. */
  erased: boolean;
}

export interface AppliedEvents {
  verdicts: EventVerdict[];
  /** Orders that a merchant now sees differently. Their versions are new, unless only the customer has changed. */
  changed: { id: string; version: number }[];
  /** Orders that were written, also those that look the same, and the event that says how they are now. */
  written: { id: string; key: number }[];
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
  // Sent together and done one after the other, each seeing what the one before it waited for.
  const [, { orders, tombstones, shipments }, customers, erased] = await Promise.all([
    lockOrders(tx, shopId, ids),
    readOrderStates(tx, shopId, ids),
    applyCustomers(
      tx,
      shopId,
      events.flatMap((event) =>
        event.kind === "payload" && event.order.customer ? [event.order.customer] : [],
      ),
    ),
    findErased(tx, shopId, events.flatMap(toReference)),
  ]);

  // The page of an order and the list of customers show what the customer's own row says.
  const retold = new Set(
    events.filter((event) => customers.get(customerOf(event) ?? "")?.changed).map(orderIdOf),
  );

  const folds = new Map(
    ids.map((id) => [id, startFold(id, orders.get(id) ?? null, tombstones.has(id), shipments.get(id) ?? [])]),
  );
  const verdicts = events.map((event) => {
    const fold = folds.get(orderIdOf(event));
    if (!fold) throw new Error("every event's order was read");
    const person = {
      customer: customers.get(customerOf(event) ?? ""),
      erased: erased.has(event.key) || speaksOfErased(fold, event, customers),
    };
    return { key: event.key, erased: person.erased, ...foldEvent(fold, event, person) };
  });

  const touched = [...folds.values()].filter((fold) => fold.touched);
  const deleted = touched.filter((fold) => fold.deleted);
  await writeOrders(tx, shopId, touched);
  await writeShipments(tx, shopId, [...folds.values()]);
  await writeDeletions(tx, shopId, deleted);
  await deleteShipments(tx, shopId, deleted);
  const changed = [...folds.values()].flatMap(({ id, shopifyOrderId, stored, versions }) => {
    const last = versions.at(-1);
    if (last) return [{ id, version: last.version }];
    return stored && retold.has(shopifyOrderId) ? [{ id, version: stored.state.version }] : [];
  });
  const written = touched.flatMap(({ id, state, lastKey }) =>
    state && lastKey !== null ? [{ id, key: lastKey }] : [],
  );
  return { verdicts, changed, written };
}

const orderIdOf = (event: OrderEvent) =>
  event.kind === "payload" ? event.order.shopifyOrderId : event.shopifyOrderId;

const customerOf = (event: OrderEvent) =>
  event.kind === "payload" ? (event.order.customer?.shopifyCustomerId ?? null) : null;

const toReference = (event: OrderEvent) =>
  event.kind === "deletion"
    ? []
    : [{ key: event.key, shopifyOrderId: orderIdOf(event), shopifyCustomerId: customerOf(event) }];

/** A payload that names no customer speaks of the one that an earlier payload of the same set named. */
function speaksOfErased(fold: OrderFold, event: OrderEvent, customers: Map<string, KnownCustomer>): boolean {
  if (event.kind === "deletion" || customerOf(event) !== null) return false;
  return [...customers.values()].some(({ id, erased }) => erased && id === fold.customerId);
}

function startFold(
  shopifyOrderId: string,
  stored: StoredOrder | null,
  deleted: boolean,
  shipments: Shipment[],
): OrderFold {
  return {
    id: stored?.id ?? uuidv7(),
    shopifyOrderId,
    stored,
    state: stored?.state ?? null,
    lines: null,
    storedShipments: shipments,
    shipments,
    customerId: stored?.customerId ?? null,
    webhookEventId: stored?.webhookEventId ?? null,
    versions: [],
    lastKey: null,
    deleted: deleted || (stored?.deleted ?? false),
    touched: false,
  };
}

function foldEvent(
  fold: OrderFold,
  event: OrderEvent,
  { customer, erased }: { customer: KnownCustomer | undefined; erased: boolean },
): Omit<EventVerdict, "key" | "erased"> {
  if (fold.deleted) return { status: "ignored", reason: "The order was deleted at Shopify." };
  if (event.kind === "deletion") return foldDeletion(fold, event);
  if (event.kind === "shipment") return foldShipmentEvent(fold, event.event, event.webhookEventId);

  const said = erased ? withoutPersonalData(event.order) : event.order;
  const shipments = mergeShipments(fold.shipments, said.shipments, fold.state?.external.deliveredAt);
  const order = { ...said, external: { ...said.external, ...shipmentTimes(shipments) } };
  const merged = mergePayload(fold.state, order, event.arrival, changeOf(fold.shipments, shipments));
  if (merged.outcome === "stale") return { status: "stale", reason: merged.reason };

  // Lines are rewritten only when they differ; the hash spares reading them.
  if (fold.state?.external.linesHash !== merged.state.external.linesHash) fold.lines = order.lines;
  if (merged.event) fold.versions.push({ ...merged.event, webhookEventId: event.webhookEventId });
  Object.assign(fold, {
    state: merged.state,
    shipments,
    // Never unlinked: an order whose customer Shopify has removed is still theirs when they ask to be erased.
    customerId: customer?.id ?? fold.customerId,
    webhookEventId: event.webhookEventId,
    lastKey: event.key,
    touched: true,
  });
  return { status: "applied", reason: null };
}

const changeOf = (before: Shipment[], after: Shipment[]) =>
  lookAlike(before, after) ? null : { from: countShown(before), to: countShown(after) };

const countShown = (shipments: Shipment[]) => shipments.filter(({ status }) => status !== null).length;

function foldDeletion(
  fold: OrderFold,
  { key, webhookEventId }: Pick<OrderEvent, "key" | "webhookEventId">,
): Omit<EventVerdict, "key" | "erased"> {
  Object.assign(fold, { deleted: true, touched: true, lastKey: key });
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
