import { createHash, randomUUID } from "node:crypto";
import { withShop } from "../../app/db.server.ts";
import type { OrderId } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { type Delivery, type Receipt, readDelivery } from "../../app/webhooks/delivery.ts";
import { processOpenEvents } from "../../app/webhooks/process-events.server.ts";
import type { AppContext } from "./app-context.ts";

export interface OrderPayloadOptions {
  id?: string;
  updatedAt?: string;
  [field: string]: unknown;
}

let lastOrderId = 5_000_000_000_000n;
export const nextOrderId = () => String(++lastOrderId);

/** A small but whole order payload as JSON text; ids of any length stay bare numbers. */
export function orderPayload({
  id = nextOrderId(),
  updatedAt = "2026-11-01T10:00:00Z",
  ...fields
}: OrderPayloadOptions = {}): string {
  const payload = {
    id: "__id__",
    name: "#1001",
    email: "anna@example.com",
    created_at: "2026-11-01T09:00:00Z",
    updated_at: updatedAt,
    currency: "EUR",
    presentment_currency: "EUR",
    financial_status: "pending",
    fulfillment_status: null,
    total_price: "30.00",
    current_total_price: "30.00",
    subtotal_price: "25.00",
    total_tax: "4.79",
    taxes_included: true,
    note: null,
    tags: "",
    line_items: [
      {
        id: 11,
        title: "Mug",
        quantity: 2,
        current_quantity: 2,
        price: "12.50",
        tax_lines: [{ price: "4.79" }],
      },
    ],
    shipping_lines: [{ id: 21, price: "5.00", discounted_price: "5.00" }],
    ...fields,
  };
  return JSON.stringify(payload).replace('"__id__"', id);
}

export interface FulfillmentEventOptions {
  /** The order's. */
  id: string;
  fulfillment?: number | bigint;
  status?: string;
  happenedAt: string;
}

/** A fulfilment event as JSON text, with where it happened, which is personal. */
export function fulfillmentEvent({
  id,
  fulfillment = 1,
  status = "delivered",
  happenedAt,
}: FulfillmentEventOptions): string {
  const payload = {
    id: 1,
    fulfillment_id: "__fulfillment__",
    status,
    message: "Left with the neighbour",
    happened_at: happenedAt,
    city: "Berlin",
    address1: "Lindenstr. 5",
    order_id: "__order__",
    created_at: "2026-11-30T10:00:00Z",
  };
  return JSON.stringify(payload).replace('"__order__"', id).replace('"__fulfillment__"', String(fulfillment));
}

export interface DeliveryOptions {
  topic?: string;
  webhookId?: string;
  triggeredAt?: string;
}

/** A signed delivery as the door would read it. */
export function delivery(
  shopDomain: string,
  body: string,
  {
    topic = "orders/updated",
    webhookId = randomUUID(),
    triggeredAt = "2026-11-01T10:00:00.000001Z",
  }: DeliveryOptions = {},
): Delivery {
  const bytes = Buffer.from(body);
  const headers = {
    "x-shopify-topic": topic,
    "x-shopify-shop-domain": shopDomain,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": webhookId,
    "x-shopify-event-id": randomUUID(),
    "x-shopify-triggered-at": triggeredAt,
  };
  return readDelivery(headers, bytes, createHash("sha256").update(bytes).digest("hex"));
}

/** Receives deliveries one after the other and applies them. */
export async function deliverAndProcess(context: AppContext, ...deliveries: Delivery[]): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (const one of deliveries) receipts.push(await context.receive(one));
  await process(context);
  return receipts;
}

/** Receives so many deliveries of as many orders of one shop at a time. */
export const receiveMany = ({ receive }: AppContext, domain: string, count: number): Promise<Receipt[]> =>
  Promise.all(Array.from({ length: count }, () => receive(delivery(domain, orderPayload()))));

export function process({ db, queue }: AppContext): Promise<void> {
  return processOpenEvents(db, queue, { lanes: 2, stopping: new AbortController().signal });
}

/** The inbox's view of a shop's deliveries, in the order they came. */
export function readDeliveries({ db }: AppContext, shopId: ShopId) {
  return withShop(
    db,
    shopId,
    (tx) => tx.sql<{ status: string; error: string | null; attempts: number; topic: string }[]>`
      select status, error, attempts, topic from webhook_events where shop_id = ${shopId} order by id`,
  );
}

export interface OrderRow {
  id: OrderId;
  version: number;
  status: string;
  note: string | null;
  tracking_company: string | null;
  tracking_number: string | null;
  total_minor: string;
  shipping_fee_minor: string;
  needs_review: boolean;
  deleted_at: string | null;
  shipped_at: string | null;
  delivered_at: string | null;
}

/** @returns the stored order of a Shopify id */
export async function readOrder(
  { db }: AppContext,
  shopId: ShopId,
  shopifyOrderId: string,
): Promise<OrderRow | undefined> {
  const [row] = await withShop(
    db,
    shopId,
    (tx) =>
      tx.sql<
        OrderRow[]
      >`select * from orders where shop_id = ${shopId} and shopify_order_id = ${shopifyOrderId}`,
  );
  return row;
}

export interface EventRow {
  version: number;
  kind: string;
  actor_kind: string;
  actor_name: string;
  changes: Record<string, { from: unknown; to: unknown }>;
  overwritten: Record<string, unknown> | null;
}

/** @returns an order's timeline, oldest first */
export function readTimeline({ db }: AppContext, shopId: ShopId, orderId: OrderId) {
  return withShop(
    db,
    shopId,
    (tx) => tx.sql<EventRow[]>`
      select * from order_events where shop_id = ${shopId} and order_id = ${orderId} order by version`,
  );
}
