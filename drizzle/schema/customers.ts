import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, shopifyId, shopKey } from "./columns.ts";
import { shops } from "./shops.ts";

/** A customer as Shopify described them last. Every personal field is null once erased or redacted. */
export const customers = pgTable(
  "customers",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    shopifyCustomerId: shopifyId("shopify_customer_id").notNull(),
    firstName: text("first_name"),
    lastName: text("last_name"),
    email: text("email"),
    phone: text("phone"),
    /** The merchant's own note about the customer. */
    note: text("note"),
    /** Rises with every change of the note. */
    version: integer("version").notNull().default(1),
    lastExternalUpdatedAt: instant("last_external_updated_at"),
    erasedAt: instant("erased_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    // The shop comes second for the reason given at orders_shopify_key.
    unique("customers_shopify_key").on(table.shopifyCustomerId, table.shopId),
    // Every batch of deliveries asks whether somebody in it was erased; almost nobody was.
    index("customers_erased").on(table.shopId, table.shopifyCustomerId).where(sql`erased_at is not null`),
  ],
);

/** What privacy law asked of us and what we did: data requests and erasures. */
export const privacyRequests = pgTable(
  "privacy_requests",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    topic: text("topic").notNull(),
    shopifyCustomerId: shopifyId("shopify_customer_id"),
    /** The orders that the request names. Ids are not personal, and they reach the orders of guests. */
    shopifyOrderIds: bigint("shopify_order_ids", { mode: "bigint" }).array().notNull().default([]),
    receivedAt: instant("received_at").notNull().defaultNow(),
    completedAt: instant("completed_at"),
    /** Counts of rows erased or found, never the personal data itself. */
    outcome: jsonb("outcome").$type<Record<string, number | string>>().notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    // A missing customer must never read as "everybody".
    check(
      "privacy_requests_scope",
      sql`(${table.topic} = 'shop/redact') = (${table.shopifyCustomerId} is null)`,
    ),
  ],
);
