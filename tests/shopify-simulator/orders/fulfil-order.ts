import { globalId } from "../ids.ts";
import { carriers } from "./catalog.ts";
import type { ChangeSource } from "./order-change.ts";
import { changedCopy, fulfillmentStatus } from "./order-change.ts";
import type { Fulfillment, LineItem, OrderPayload } from "./order-payload.ts";

export interface Tracking {
  company?: string | null;
  number?: string | null;
  url?: string | null;
}

export interface FulfilOrder extends Tracking {
  /** Left out, everything still open is shipped. */
  lines?: { lineItemId: bigint; quantity: number }[];
  /** true: one item of the first open line only. */
  partial?: boolean;
  shipmentStatus?: string | null;
}

function setTracking(fulfillment: Fulfillment, tracking: Tracking) {
  const { company = null, number = null } = tracking;
  const carrier = carriers.find((one) => one.company === company);
  // A carrier known by name gets its link by itself, as the platform does it.
  const url = tracking.url ?? (carrier && number ? carrier.url + number : null);
  fulfillment.tracking_company = company;
  fulfillment.tracking_number = number;
  fulfillment.tracking_numbers = number ? [number] : [];
  fulfillment.tracking_url = url;
  fulfillment.tracking_urls = url ? [url] : [];
}

export function drawTracking({ random }: Pick<ChangeSource, "random">): Tracking {
  const carrier = random.pick(carriers);
  return { company: carrier.company, number: carrier.prefix + random.integer(10_000_000, 99_999_999) };
}

function openLines(order: OrderPayload, request: FulfilOrder) {
  if (request.lines) return request.lines;
  const open = order.line_items.filter((line) => line.fulfillable_quantity > 0);
  if (request.partial) return open.slice(0, 1).map((line) => ({ lineItemId: line.id, quantity: 1 }));
  return open.map((line) => ({ lineItemId: line.id, quantity: line.fulfillable_quantity }));
}

/** Ships all or part of an order. Throws when there is nothing left to ship or the order is cancelled. */
export function fulfilOrder(
  order: OrderPayload,
  source: ChangeSource,
  request: FulfilOrder = {},
): OrderPayload {
  if (order.cancelled_at) throw new RangeError(`order ${order.name} is cancelled`);
  const next = changedCopy(order, source);
  const shipped: LineItem[] = [];
  for (const { lineItemId, quantity } of openLines(next, request)) {
    const line = next.line_items.find((one) => one.id === lineItemId);
    const count = Math.min(quantity, line?.fulfillable_quantity ?? 0);
    if (!line || count <= 0) continue;
    line.fulfillable_quantity -= count;
    line.fulfillment_status = line.fulfillable_quantity === 0 ? "fulfilled" : "partial";
    shipped.push({ ...structuredClone(line), quantity: count });
  }
  if (shipped.length === 0) throw new RangeError(`order ${order.name} has nothing left to fulfil`);
  const id = source.ids.next();
  const fulfillment: Fulfillment = {
    id,
    admin_graphql_api_id: globalId("Fulfillment", id),
    created_at: next.updated_at,
    location_id: 68001n,
    name: `${next.name}.${next.fulfillments.length + 1}`,
    order_id: next.id,
    origin_address: {},
    receipt: {},
    service: "manual",
    shipment_status: request.shipmentStatus ?? null,
    status: "success",
    tracking_company: null,
    tracking_number: null,
    tracking_numbers: [],
    tracking_url: null,
    tracking_urls: [],
    updated_at: next.updated_at,
    line_items: shipped,
  };
  setTracking(fulfillment, request);
  next.fulfillments.push(fulfillment);
  next.fulfillment_status = fulfillmentStatus(next);
  return next;
}

export interface TrackOrder extends Tracking {
  fulfillmentId?: bigint;
  /** in_transit, out_for_delivery, delivered, failure, … */
  shipmentStatus?: string;
}

/** Adds or alters tracking, or moves a shipment along, on one fulfilment (the latest unless told). */
export function trackOrder(
  order: OrderPayload,
  source: ChangeSource,
  request: TrackOrder = {},
): OrderPayload {
  const next = changedCopy(order, source);
  const fulfillment = request.fulfillmentId
    ? next.fulfillments.find((one) => one.id === request.fulfillmentId)
    : next.fulfillments.at(-1);
  if (!fulfillment) throw new RangeError(`order ${order.name} has no such fulfilment`);
  if (request.shipmentStatus) fulfillment.shipment_status = request.shipmentStatus;
  if (request.number !== undefined || request.company !== undefined || request.url !== undefined) {
    setTracking(fulfillment, {
      company: request.company === undefined ? fulfillment.tracking_company : request.company,
      number: request.number === undefined ? fulfillment.tracking_number : request.number,
      url: request.url,
    });
  }
  fulfillment.updated_at = next.updated_at;
  return next;
}
