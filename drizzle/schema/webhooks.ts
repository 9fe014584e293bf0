import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, shopifyId } from "./columns.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * The inbox: one row for each delivery that carried a valid signature, whatever became of it.
 *
 * `shopId` is null for a shop we do not know. `isDuplicate` marks a repeated delivery, which keeps its own row
 * and stays out of the unique key.
 */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shopId: uuid("shop_id"),
    shopDomain: text("shop_domain"),
    webhookId: text("webhook_id"),
    eventId: text("event_id"),
    topic: text("topic"),
    apiVersion: text("api_version"),
    triggeredAt: instant("triggered_at"),
    receivedAt: instant("received_at").notNull().defaultNow(),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    /** The raw bytes as text, which is exact for UTF-8. Null once erased, and for a body that is not JSON. */
    body: text("body"),
    /** The raw bytes of a rejected body, which may be anything. */
    rejectedBody: bytea("rejected_body"),
    bodySha256: text("body_sha256").notNull(),
    isDuplicate: boolean("is_duplicate").notNull().default(false),
    status: text("status").notNull(),
    /** Why the row has its status, in a sentence for the operator. */
    error: text("error"),
    /** The trace of the request that brought it (W3C), so that applying it continues that trace. */
    traceparent: text("traceparent"),
    attempts: smallint("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().defaultNow(),
    processedAt: instant("processed_at"),
    /** Whom and what the payload speaks of, as far as it tells: an erasure finds the row by either. */
    shopifyOrderId: shopifyId("shopify_order_id"),
    shopifyCustomerId: shopifyId("shopify_customer_id"),
    erasedAt: instant("erased_at"),
  },
  (table) => [
    check(
      "webhook_events_status",
      sql`${table.status} in ('received', 'applied', 'duplicate', 'stale', 'ignored', 'failed', 'rejected')`,
    ),
    uniqueIndex("webhook_events_delivery").on(table.shopDomain, table.webhookId).where(sql`not is_duplicate`),
    index("webhook_events_open").on(table.shopId, table.id).where(sql`status = 'received'`),
    index("webhook_events_failed").on(table.shopId, table.id).where(sql`status = 'failed'`),
    index("webhook_events_order").on(table.shopId, table.shopifyOrderId),
    index("webhook_events_customer")
      .on(table.shopId, table.shopifyCustomerId)
      .where(sql`shopify_customer_id is not null`),
    index("webhook_events_differing_duplicates")
      .on(table.shopId, table.webhookId)
      .where(sql`is_duplicate and body is not null`),
  ],
);
