import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { OrderId } from "./order.ts";
import type { OrderFold } from "./order-fold.ts";
import type { Shipment } from "./shipments.ts";

/**
 * Reads the shipments of orders, whether or not the orders are stored yet, by the orders' Shopify ids. The orders'
 * locks are what keeps two writers apart (see lockOrders).
 */
export async function readShipments(
  tx: Tx,
  shopId: ShopId,
  shopifyOrderIds: string[],
): Promise<Map<string, Shipment[]>> {
  const rows = await tx.sql<ShipmentRow[]>`
    select * from order_shipments
    where shop_id = ${shopId} and shopify_order_id = any(${shopifyOrderIds}::bigint[])
    order by shopify_fulfillment_id`;
  const byOrder = Map.groupBy(rows, (row) => row.shopify_order_id);
  return new Map([...byOrder].map(([id, some]) => [id, some.map(toShipment)]));
}

/** Lists an order's shipments as a merchant sees them, oldest first: without those that no payload names. */
export async function listOrderShipments(tx: Tx, shopId: ShopId, orderId: OrderId): Promise<Shipment[]> {
  const rows = await tx.sql<ShipmentRow[]>`
    select * from order_shipments where shop_id = ${shopId} and status is not null
      and shopify_order_id = (select shopify_order_id from orders where shop_id = ${shopId} and id = ${orderId})
    order by shipped_at, shopify_fulfillment_id`;
  return rows.map(toShipment);
}

/** A row of `order_shipments` as the driver gives it: bigint and timestamps as text. */
interface ShipmentRow {
  shopify_order_id: string;
  shopify_fulfillment_id: string;
  status: string | null;
  tracking_company: string | null;
  tracking_number: string | null;
  tracking_url: string | null;
  shipped_at: string | null;
  delivered_at: string | null;
  delivered_by_event: boolean;
  last_event_status: string | null;
  last_event_at: string | null;
  last_event_since: string | null;
}

const toShipment = (row: ShipmentRow): Shipment => ({
  shopifyFulfillmentId: row.shopify_fulfillment_id,
  status: row.status,
  trackingCompany: row.tracking_company,
  trackingNumber: row.tracking_number,
  trackingUrl: row.tracking_url,
  shippedAt: isoInstant(row.shipped_at),
  deliveredAt: isoInstant(row.delivered_at),
  deliveredByEvent: row.delivered_by_event,
  lastEventStatus: row.last_event_status,
  lastEventAt: isoInstant(row.last_event_at),
  lastEventSince: isoInstant(row.last_event_since),
});

const isoInstant = (text: string | null) => text && new Date(text).toISOString();

/** Writes the shipments that changed, in one statement for the whole set and none when there are none. */
export async function writeShipments(tx: Tx, shopId: ShopId, folds: OrderFold[]): Promise<void> {
  const rows = folds.flatMap(({ shopifyOrderId, shipments, storedShipments }) =>
    shipments
      .filter((shipment) => !storedShipments.includes(shipment))
      .map((shipment) => ({ shopifyOrderId, ...shipment })),
  );
  if (rows.length === 0) return;
  await tx.sql`
    insert into order_shipments (shop_id, shopify_order_id, shopify_fulfillment_id, status, tracking_company,
      tracking_number, tracking_url, shipped_at, delivered_at, delivered_by_event, last_event_status, last_event_at,
      last_event_since)
    select ${shopId}::uuid, r.* from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (
      "shopifyOrderId" bigint, "shopifyFulfillmentId" bigint, status text, "trackingCompany" text,
      "trackingNumber" text, "trackingUrl" text, "shippedAt" timestamptz, "deliveredAt" timestamptz,
      "deliveredByEvent" boolean, "lastEventStatus" text, "lastEventAt" timestamptz, "lastEventSince" timestamptz)
    on conflict (shop_id, shopify_order_id, shopify_fulfillment_id) do update set
      status = excluded.status, tracking_company = excluded.tracking_company,
      tracking_number = excluded.tracking_number, tracking_url = excluded.tracking_url,
      shipped_at = excluded.shipped_at, delivered_at = excluded.delivered_at,
      delivered_by_event = excluded.delivered_by_event, last_event_status = excluded.last_event_status,
      last_event_at = excluded.last_event_at, last_event_since = excluded.last_event_since`;
}

/** Forgets what events told of orders that were deleted before we ever saw them: nothing will ask for it. */
export async function deleteShipments(tx: Tx, shopId: ShopId, deleted: OrderFold[]): Promise<void> {
  const ids = deleted.flatMap(({ state, shipments, shopifyOrderId }) =>
    state === null && shipments.length > 0 ? [shopifyOrderId] : [],
  );
  if (ids.length === 0) return;
  await tx.sql`
    delete from order_shipments where shop_id = ${shopId} and shopify_order_id = any(${ids}::bigint[])`;
}
