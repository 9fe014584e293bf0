import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { ExternalFields } from "./map-order-payload.ts";
import type { OrderState } from "./merge-payload.ts";
import type { EditableFields } from "./order.ts";
import { readShipments } from "./order-shipments.server.ts";
import type { Shipment } from "./shipments.ts";

/** A stored order, ready to be merged with a payload. */
export interface StoredOrder {
  id: string;
  customerId: string | null;
  webhookEventId: number | null;
  deleted: boolean;
  state: OrderState;
}

/**
 * Locks orders by their Shopify ids until the end of the transaction, whether or not they are stored yet.
 * @param shopifyOrderIds sorted, so that two batches take their locks in the same order and cannot deadlock
 */
export async function lockOrders(tx: Tx, shopId: ShopId, shopifyOrderIds: string[]): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${shopId}::text || id, 0))
               from unnest(${shopifyOrderIds}::text[]) id`;
}

/** Reads orders for merging and locks their rows against a merchant's save. Call {@link lockOrders} before. */
export async function readOrderStates(
  tx: Tx,
  shopId: ShopId,
  shopifyOrderIds: string[],
): Promise<{
  orders: Map<string, StoredOrder>;
  tombstones: Set<string>;
  shipments: Map<string, Shipment[]>;
}> {
  const [rows, tombstones, shipments] = await Promise.all([
    tx.sql<OrderRow[]>`
      select *, (extract(epoch from last_triggered_at) * 1000000)::bigint as last_triggered_us
      from orders where shop_id = ${shopId} and shopify_order_id = any(${shopifyOrderIds}::bigint[])
      order by id for update`,
    tx.sql<{ shopify_order_id: string }[]>`
      select shopify_order_id from order_tombstones
      where shop_id = ${shopId} and shopify_order_id = any(${shopifyOrderIds}::bigint[])`,
    readShipments(tx, shopId, shopifyOrderIds),
  ]);
  return {
    shipments,
    orders: new Map(rows.map((row) => [row.shopify_order_id, toStoredOrder(row)])),
    tombstones: new Set(tombstones.map((row) => row.shopify_order_id)),
  };
}

/** A row of `orders` as the driver gives it: bigint and timestamps as text. */
interface OrderRow {
  id: string;
  shopify_order_id: string;
  customer_id: string | null;
  last_webhook_event_id: string | null;
  deleted_at: string | null;
  version: number;
  status: EditableFields["status"];
  tracking_company: string | null;
  tracking_number: string | null;
  note: string | null;
  shopify_values: EditableFields & { tags?: string[] };
  needs_review: boolean;
  last_external_updated_at: string;
  last_triggered_us: string | null;
  last_content_hash: string;
  name: string;
  financial_status: string | null;
  fulfillment_status: string | null;
  customer_name: string | null;
  email: string | null;
  currency: string;
  total_minor: string;
  subtotal_minor: string;
  tax_minor: string;
  discount_minor: string;
  shipping_fee_minor: string;
  taxes_included: boolean;
  presentment_currency: string;
  presentment_total_minor: string;
  ordered_total_minor: string;
  computed_total_minor: string;
  item_count: number;
  lines_hash: string;
  items_text: string;
  total_weight_grams: number | null;
  shipping_lines: number | null;
  source_name: string | null;
  tags: string[];
  test: boolean;
  shipping_address: ExternalFields["shippingAddress"];
  billing_address: ExternalFields["billingAddress"];
  created_at: string;
  processed_at: string | null;
  cancelled_at: string | null;
  closed_at: string | null;
  shipped_at: string | null;
  delivered_at: string | null;
}

function toStoredOrder(row: OrderRow): StoredOrder {
  return {
    id: row.id,
    customerId: row.customer_id,
    webhookEventId: row.last_webhook_event_id === null ? null : Number(row.last_webhook_event_id),
    deleted: row.deleted_at !== null,
    state: {
      version: row.version,
      needsReview: row.needs_review,
      base: { ...row.shopify_values, tags: row.shopify_values.tags ?? row.tags },
      lastExternalUpdatedAt: isoInstant(row.last_external_updated_at),
      lastTriggeredUs: row.last_triggered_us === null ? null : Number(row.last_triggered_us),
      lastContentHash: row.last_content_hash,
      editable: {
        status: row.status,
        trackingCompany: row.tracking_company,
        trackingNumber: row.tracking_number,
        note: row.note,
      },
      external: toExternalFields(row),
    },
  };
}

function toExternalFields(row: OrderRow): ExternalFields {
  return {
    name: row.name,
    financialStatus: row.financial_status,
    fulfillmentStatus: row.fulfillment_status,
    customerName: row.customer_name,
    email: row.email,
    currency: row.currency,
    totalMinor: row.total_minor,
    subtotalMinor: row.subtotal_minor,
    taxMinor: row.tax_minor,
    discountMinor: row.discount_minor,
    shippingFeeMinor: row.shipping_fee_minor,
    taxesIncluded: row.taxes_included,
    presentmentCurrency: row.presentment_currency,
    presentmentTotalMinor: row.presentment_total_minor,
    orderedTotalMinor: row.ordered_total_minor,
    computedTotalMinor: row.computed_total_minor,
    itemCount: row.item_count,
    linesHash: row.lines_hash,
    itemsText: row.items_text,
    totalWeightGrams: row.total_weight_grams,
    shippingLines: row.shipping_lines,
    sourceName: row.source_name,
    tags: row.tags,
    test: row.test,
    shippingAddress: row.shipping_address,
    billingAddress: row.billing_address,
    createdAt: isoInstant(row.created_at),
    processedAt: row.processed_at && isoInstant(row.processed_at),
    cancelledAt: row.cancelled_at && isoInstant(row.cancelled_at),
    closedAt: row.closed_at && isoInstant(row.closed_at),
    shippedAt: row.shipped_at && isoInstant(row.shipped_at),
    deliveredAt: row.delivered_at && isoInstant(row.delivered_at),
  };
}

/** PostgreSQL's own text of a timestamptz as ISO 8601 to the millisecond, the form that payloads are mapped to. */
const isoInstant = (text: string) => new Date(text).toISOString();
