import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, minorUnits, shopifyId, shopKey } from "./columns.ts";
import { customers } from "./customers.ts";
import { shops } from "./shops.ts";

/** A postal address as shown to people; every part may be missing or redacted. */
export interface StoredAddress {
  name: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  zip: string | null;
  city: string | null;
  province: string | null;
  country: string | null;
  countryCode: string | null;
  phone: string | null;
}

/** The fields a merchant can edit, as JSON: the base of the three-way merge and the values of a timeline row. */
export interface StoredEditableFields {
  status: string;
  trackingCompany: string | null;
  trackingNumber: string | null;
  note: string | null;
}

/** What Shopify last said of the fields that a merchant can change, tags included: those merge as sets. */
export type StoredShopifyValues = StoredEditableFields & { tags?: string[] };

/** `erased` marks a change whose values are gone for good because a person asked for it. */
export type StoredFieldChanges = Record<string, { from: unknown; to: unknown; erased?: true }>;

/**
 * An order as it is now. Amounts are in minor units of `currency` (shop money); `presentment*` is what the
 * buyer saw. `createdAt` is when the order was placed at Shopify, `storedAt` when we first heard of it.
 */
export const orders = pgTable(
  "orders",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    shopifyOrderId: shopifyId("shopify_order_id").notNull(),
    name: text("name").notNull(),
    status: text("status").notNull(),
    financialStatus: text("financial_status"),
    fulfillmentStatus: text("fulfillment_status"),
    customerId: uuid("customer_id"),
    customerName: text("customer_name"),
    email: text("email"),
    currency: text("currency").notNull(),
    totalMinor: minorUnits("total_minor").notNull(),
    subtotalMinor: minorUnits("subtotal_minor").notNull(),
    taxMinor: minorUnits("tax_minor").notNull(),
    discountMinor: minorUnits("discount_minor").notNull(),
    shippingFeeMinor: minorUnits("shipping_fee_minor").notNull(),
    taxesIncluded: boolean("taxes_included").notNull(),
    presentmentCurrency: text("presentment_currency").notNull(),
    presentmentTotalMinor: minorUnits("presentment_total_minor").notNull(),
    /** Shopify's total as ordered, before refunds. */
    orderedTotalMinor: minorUnits("ordered_total_minor").notNull(),
    /** Our own sum of what was ordered. Kept beside Shopify's, never instead; a difference is shown. */
    computedTotalMinor: minorUnits("computed_total_minor").notNull(),
    /** Units still in the order, over all lines. */
    itemCount: integer("item_count").notNull(),
    /** Tells without reading the lines whether a payload changes them. */
    linesHash: text("lines_hash").notNull(),
    /** Titles, variants and SKUs of the lines, a line each: what a search for an item looks at. */
    itemsText: text("items_text").notNull().default(""),
    totalWeightGrams: integer("total_weight_grams"),
    /** How many shipping lines it has; null when nothing was ever said of them. */
    shippingLines: integer("shipping_lines"),
    sourceName: text("source_name"),
    trackingCompany: text("tracking_company"),
    trackingNumber: text("tracking_number"),
    note: text("note"),
    tags: text("tags").array().notNull().default([]),
    test: boolean("test").notNull().default(false),
    shippingAddress: jsonb("shipping_address").$type<StoredAddress>(),
    billingAddress: jsonb("billing_address").$type<StoredAddress>(),
    version: integer("version").notNull(),
    /** Shopify's last mapped values of the editable fields: the base of the three-way merge. */
    shopifyValues: jsonb("shopify_values").$type<StoredShopifyValues>().notNull(),
    /** True from the moment Shopify overwrote a merchant's edit until someone has looked. */
    needsReview: boolean("needs_review").notNull().default(false),
    lastExternalUpdatedAt: instant("last_external_updated_at").notNull(),
    lastTriggeredAt: instant("last_triggered_at"),
    lastContentHash: text("last_content_hash").notNull(),
    /** The delivery whose raw bytes describe this state; null when reconciliation brought it. */
    lastWebhookEventId: bigint("last_webhook_event_id", { mode: "number" }),
    createdAt: instant("created_at").notNull(),
    processedAt: instant("processed_at"),
    cancelledAt: instant("cancelled_at"),
    closedAt: instant("closed_at"),
    /** When the first shipment that still stands left. */
    shippedAt: instant("shipped_at"),
    /** When the last shipment arrived; null while one is under way. */
    deliveredAt: instant("delivered_at"),
    deletedAt: instant("deleted_at"),
    storedAt: instant("stored_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    // The shop comes second: with it first this index ties with the primary key while the table has no statistics
    // yet, and the foreign key checks of lines and events then walk the whole shop (measured: 14 ms a batch, not 0.4).
    unique("orders_shopify_key").on(table.shopifyOrderId, table.shopId),
    foreignKey({
      columns: [table.shopId, table.customerId],
      foreignColumns: [customers.shopId, customers.id],
    }),
    check("orders_status", sql`${table.status} in ('PENDING', 'CONFIRMED', 'SHIPPED', 'CANCELLED')`),
    check("orders_version", sql`${table.version} >= 1`),
    // Partial for the same reason.
    index("orders_customer").on(table.shopId, table.customerId).where(sql`customer_id is not null`),
  ],
);

/** The lines of an order as they are now, in shop money. */
export const orderLines = pgTable(
  "order_lines",
  {
    shopId: shopKey(),
    orderId: uuid("order_id").notNull(),
    position: integer("position").notNull(),
    shopifyLineId: shopifyId("shopify_line_id"),
    title: text("title").notNull(),
    variantTitle: text("variant_title"),
    sku: text("sku"),
    quantity: integer("quantity").notNull(),
    /** What is left after refunds and removals; `quantity` never shrinks. */
    currentQuantity: integer("current_quantity").notNull(),
    unitPriceMinor: minorUnits("unit_price_minor").notNull(),
    /** The sum of the line's discount allocations; Shopify's `total_discount` is useless. */
    discountMinor: minorUnits("discount_minor").notNull(),
    taxMinor: minorUnits("tax_minor").notNull(),
    taxable: boolean("taxable").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.orderId, table.position] }),
    foreignKey({
      columns: [table.shopId, table.orderId],
      foreignColumns: [orders.shopId, orders.id],
    }).onDelete("cascade"),
  ],
);

/**
 * The shipments of an order, fulfilments at Shopify. Keyed by Shopify's own ids, because a fulfilment event may come
 * before the order or the payload that names its fulfilment: such a row has no `status` yet.
 */
export const orderShipments = pgTable(
  "order_shipments",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    shopifyOrderId: shopifyId("shopify_order_id").notNull(),
    shopifyFulfillmentId: shopifyId("shopify_fulfillment_id").notNull(),
    /** Shopify's word; null while the order's newest payload does not name the shipment. */
    status: text("status"),
    trackingCompany: text("tracking_company"),
    trackingNumber: text("tracking_number"),
    trackingUrl: text("tracking_url"),
    shippedAt: instant("shipped_at"),
    deliveredAt: instant("delivered_at"),
    /** An event gave that time; else it is when a payload first said so. */
    deliveredByEvent: boolean("delivered_by_event").notNull(),
    lastEventStatus: text("last_event_status"),
    lastEventAt: instant("last_event_at"),
    /** Since when events say so without another in between. */
    lastEventSince: instant("last_event_since"),
  },
  (table) => [
    primaryKey({
      name: "order_shipments_pk",
      columns: [table.shopId, table.shopifyOrderId, table.shopifyFulfillmentId],
    }),
    check("order_shipments_tracking_url", sql`${table.trackingUrl} like 'https://%'`),
  ],
);

/** The timeline: exactly one row for each version of an order. Append-only by grant. */
export const orderEvents = pgTable(
  "order_events",
  {
    shopId: shopKey(),
    orderId: uuid("order_id").notNull(),
    version: integer("version").notNull(),
    kind: text("kind").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    changes: jsonb("changes").$type<StoredFieldChanges>().notNull(),
    /** A merchant's values that Shopify overwrote in this version, kept so that one click restores them. */
    overwritten: jsonb("overwritten").$type<Partial<StoredEditableFields>>(),
    webhookEventId: bigint("webhook_event_id", { mode: "number" }),
    /** The bulk action that made this version. */
    bulkActionId: uuid("bulk_action_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.orderId, table.version] }),
    foreignKey({
      columns: [table.shopId, table.orderId],
      foreignColumns: [orders.shopId, orders.id],
    }).onDelete("cascade"),
    check(
      "order_events_actor",
      sql`${table.actorKind} in ('merchant', 'shopify', 'job', 'api_key', 'import')`,
    ),
  ],
);

/** Orders deleted at Shopify. A late payload must not bring one back, also when we never saw the order. */
export const orderTombstones = pgTable(
  "order_tombstones",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    shopifyOrderId: shopifyId("shopify_order_id").notNull(),
    deletedAt: instant("deleted_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.shopifyOrderId] })],
);
