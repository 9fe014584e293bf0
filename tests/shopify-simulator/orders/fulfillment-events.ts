import { globalId } from "../ids.ts";
import { trackOrder } from "./fulfil-order.ts";
import type { ChangeSource } from "./order-change.ts";
import type { OrderPayload } from "./order-payload.ts";
import { shopTime } from "./shop-time.ts";

/** What `fulfillment_events/create` carries. */
export interface FulfillmentEvent {
  id: bigint;
  fulfillment_id: bigint;
  /** in_transit, out_for_delivery, delivered, failure, … */
  status: string;
  message: string | null;
  happened_at: string;
  city: string | null;
  province: string | null;
  country: string | null;
  zip: string | null;
  address1: string | null;
  latitude: number | null;
  longitude: number | null;
  shop_id: bigint;
  created_at: string;
  updated_at: string;
  estimated_delivery_at: string | null;
  order_id: bigint;
  admin_graphql_api_id: string;
}

export interface HappenedEvent {
  status: string;
  /** When the carrier says it happened: at or before the time at which the shop hears of it. */
  happenedAt?: Date;
}

/** When and with what a shipment moves; events name the shop. */
export type MoveSource = ChangeSource & { shopId: bigint };

export interface MovedShipment {
  order: OrderPayload;
  events: FulfillmentEvent[];
}

/** Moves one shipment (the latest unless told) along by events; the order then says the last one's word. */
export function moveShipment(
  order: OrderPayload,
  source: MoveSource,
  happened: [HappenedEvent, ...HappenedEvent[]],
  fulfillmentId = order.fulfillments.at(-1)?.id,
): MovedShipment {
  const next = trackOrder(order, source, { fulfillmentId, shipmentStatus: happened.at(-1)?.status });
  const events = happened.map((one) => makeEvent(next, fulfillmentId ?? 0n, one, source));
  return { order: next, events };
}

export interface DeliverOrder {
  fulfillmentId?: bigint;
  inTransitAt?: Date;
  deliveredAt?: Date;
}

/** Brings a shipment to the buyer: by way of "in transit", unless it has moved before. */
export function deliverOrder(
  order: OrderPayload,
  source: MoveSource,
  { fulfillmentId, inTransitAt, deliveredAt = source.at }: DeliverOrder = {},
): MovedShipment {
  const shipment =
    fulfillmentId === undefined
      ? order.fulfillments.at(-1)
      : order.fulfillments.find(({ id }) => id === fulfillmentId);
  if (!shipment) throw new RangeError(`order ${order.name} has no such fulfilment`);
  const arrived = { status: "delivered", happenedAt: deliveredAt };
  if (shipment.shipment_status !== null && !inTransitAt) {
    return moveShipment(order, source, [arrived], shipment.id);
  }
  const halfWay = new Date((Date.parse(shipment.created_at) + deliveredAt.getTime()) / 2);
  const left = { status: "in_transit", happenedAt: inTransitAt ?? halfWay };
  return moveShipment(order, source, [left, arrived], shipment.id);
}

/** An event recorded now. A delivery happens where the buyer lives. */
function makeEvent(
  order: OrderPayload,
  fulfillmentId: bigint,
  { status, happenedAt }: HappenedEvent,
  source: MoveSource,
): FulfillmentEvent {
  const id = source.ids.next();
  const heardAt = shopTime(source.at, source.timeZone);
  const place = status === "delivered" ? order.shipping_address : null;
  return {
    id,
    fulfillment_id: fulfillmentId,
    status,
    message: null,
    happened_at: shopTime(happenedAt ?? source.at, source.timeZone),
    city: place?.city ?? null,
    province: place?.province ?? null,
    country: place?.country ?? null,
    zip: place?.zip ?? null,
    address1: place?.address1 ?? null,
    latitude: null,
    longitude: null,
    shop_id: source.shopId,
    created_at: heardAt,
    updated_at: heardAt,
    estimated_delivery_at: null,
    order_id: order.id,
    admin_graphql_api_id: globalId("FulfillmentEvent", id),
  };
}
