import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, minorUnits, shopifyId, shopKey } from "./columns.ts";
import { shops } from "./shops.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * What the list of orders searches, filters and sorts by: one narrow row for each order that is not deleted.
 * A trigger on `orders` keeps it, so nobody else writes here; no key ties a row to its order, because checking it
 * would make a rebuild wait for writers that wait for the rebuild. Screens read it through the view `desk_orders`
 * (docs/decisions/0010).
 */
export const orderSearch = pgTable(
  "order_search",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    orderId: uuid("order_id").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    totalMinor: minorUnits("total_minor").notNull(),
    currency: text("currency").notNull(),
    /** The customer's name or address as the list sorts it: folded, empty when unknown. */
    customerKey: text("customer_key").notNull(),
    itemCount: integer("item_count").notNull(),
    /** Every word of the order, every field's words as `field=word`, every exact value as `field=value`. */
    words: tsvector("words").notNull(),
    /** The order's text, folded, for searching any part of it. */
    text: text("text").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.orderId] }),
    index("order_search_created").on(table.shopId, table.createdAt, table.orderId),
    index("order_search_updated").on(table.shopId, table.updatedAt, table.orderId),
    index("order_search_total").on(table.shopId, table.totalMinor, table.orderId),
    index("order_search_customer").on(table.shopId, table.customerKey, table.orderId),
    index("order_search_words").using("gin", table.shopId, table.words),
    index("order_search_text").using("gin", table.shopId, table.text.op("gin_trgm_ops")),
  ],
);

/** The same for customers, with the counts that the list shows; kept by triggers on `customers` and `orders`. */
export const customerSearch = pgTable(
  "customer_search",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    customerId: uuid("customer_id").notNull(),
    createdAt: instant("created_at").notNull(),
    nameKey: text("name_key").notNull(),
    /** Orders that count: neither test nor deleted. */
    orderCount: integer("order_count").notNull().default(0),
    /** Current totals of those in the shop's currency that are not cancelled. */
    spentMinor: minorUnits("spent_minor").notNull().default(sql`0`),
    /** When the newest order was placed; `-infinity` before the first, because a keyset cannot pass a null. */
    lastOrderAt: instant("last_order_at").notNull().default(sql`'-infinity'`),
    words: tsvector("words").notNull(),
    text: text("text").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.customerId] }),
    index("customer_search_created").on(table.shopId, table.createdAt, table.customerId),
    index("customer_search_name").on(table.shopId, table.nameKey, table.customerId),
    index("customer_search_spent").on(table.shopId, table.spentMinor, table.customerId),
    index("customer_search_orders").on(table.shopId, table.orderCount, table.customerId),
    index("customer_search_last").on(table.shopId, table.lastOrderAt, table.customerId),
    index("customer_search_words").using("gin", table.shopId, table.words),
    index("customer_search_text").using("gin", table.shopId, table.text.op("gin_trgm_ops")),
  ],
);

const figures = () => ({
  /** The day the order was placed, on the shop's calendar. */
  day: date("day", { mode: "string" }).notNull(),
  currency: text("currency").notNull(),
  status: text("status").notNull(),
  test: boolean("test").notNull(),
  orders: bigint("orders", { mode: "number" }).notNull(),
  /** The sum of current totals, whatever the status. */
  totalMinor: minorUnits("total_minor").notNull(),
  needsReview: bigint("needs_review", { mode: "number" }).notNull(),
  /** Orders whose shipments have not all arrived; meaningful where the status is SHIPPED. */
  undelivered: bigint("undelivered", { mode: "number" }).notNull(),
  delivered: bigint("delivered", { mode: "number" }).notNull(),
  /** From first shipment to delivery, summed over `delivered`. */
  deliverySeconds: bigint("delivery_seconds", { mode: "number" }).notNull(),
  shipped: bigint("shipped", { mode: "number" }).notNull(),
  /** From order to first shipment, summed over `shipped`. */
  shipSeconds: bigint("ship_seconds", { mode: "number" }).notNull(),
});

/** Orders counted by day, currency, status and whether they are tests. Read it together with {@link orderFigureChanges}. */
export const orderFigures = pgTable(
  "order_figures",
  { shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }), ...figures() },
  (table) => [primaryKey({ columns: [table.shopId, table.day, table.currency, table.status, table.test] })],
);

/**
 * What has changed since the last fold. Writers only append, so two of them never wait for each other as they
 * would for a counter's row; a job folds the rows into {@link orderFigures}.
 */
export const orderFigureChanges = pgTable(
  "order_figure_changes",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
    ...figures(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.id] })],
);

/**
 * The same for issued documents, kept by triggers on `documents` and `document_states`. A document is frozen, so only
 * what its payment says ever changes here. A document's day is the one printed on it, whatever the shop's zone is now.
 */
export const documentSearch = pgTable(
  "document_search",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    documentId: uuid("document_id").notNull(),
    kind: text("kind").notNull(),
    issuedAt: instant("issued_at").notNull(),
    issuedOn: date("issued_on", { mode: "string" }).notNull(),
    /** `infinity` for what is never due, because a keyset cannot pass a null. */
    dueOn: date("due_on", { mode: "string" }).notNull(),
    /** Kind, year and sequence of fixed length, so that numbers sort as they were given, whatever their pattern. */
    numberKey: text("number_key").notNull(),
    /** As printed: a credit note's is what is taken back. */
    grossMinor: minorUnits("gross_minor").notNull(),
    /** What is still to be paid of an invoice; 0 for a credit note. */
    openMinor: minorUnits("open_minor").notNull(),
    currency: text("currency").notNull(),
    /** The buyer as the list sorts it: folded, empty when unknown. */
    buyerKey: text("buyer_key").notNull(),
    words: tsvector("words").notNull(),
    text: text("text").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.documentId] }),
    index("document_search_issued").on(table.shopId, table.issuedAt, table.documentId),
    index("document_search_issued_on").on(table.shopId, table.issuedOn),
    index("document_search_due").on(table.shopId, table.dueOn, table.documentId),
    index("document_search_number").on(table.shopId, table.numberKey, table.documentId),
    index("document_search_total").on(table.shopId, table.grossMinor, table.documentId),
    index("document_search_buyer").on(table.shopId, table.buyerKey, table.documentId),
    index("document_search_words").using("gin", table.shopId, table.words),
    index("document_search_text").using("gin", table.shopId, table.text.op("gin_trgm_ops")),
  ],
);

/** A list as somebody wants to see it again. `ownerId` is null for a view of the whole team. */
export const savedViews = pgTable(
  "saved_views",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    screen: text("screen").notNull(),
    ownerId: shopifyId("owner_id"),
    name: text("name").notNull(),
    query: text("query").notNull(),
    sort: text("sort").notNull(),
    /** The columns shown, in their order. */
    columns: text("columns").array().notNull(),
    position: integer("position").notNull(),
    version: integer("version").notNull().default(1),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    check("saved_views_screen", sql`${table.screen} in ('orders', 'customers', 'invoices')`),
  ],
);

/** The view that a person's list opens with: the id of a saved one, or the name of a built-in one. */
export const defaultViews = pgTable(
  "default_views",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    shopifyUserId: shopifyId("shopify_user_id").notNull(),
    screen: text("screen").notNull(),
    view: text("view").notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.shopifyUserId, table.screen] })],
);

/**
 * One change of many orders, asked for by a person and carried out by a job. An undo is a bulk action too.
 * While it is `collecting` its orders and versions are taken down. A `draft` has them all and waits for a person to
 * confirm what it would do; `counting` is a big draft whose preview is being counted. `cancelled` is one that somebody
 * stopped: what it has done stays, its other items stay open (docs/decisions/0013).
 */
export const bulkActions = pgTable(
  "bulk_actions",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    kind: text("kind").notNull(),
    /** What to set: `{"status": …}`, `{"tag": …}`; empty where each order has its own. */
    input: jsonb("input").$type<Record<string, unknown>>().notNull(),
    /** The query that chose the orders, for people to read; null when they were ticked one by one. */
    query: text("query"),
    undoOf: uuid("undo_of"),
    /** The action whose items are taken over, for an undo and a new try; null when orders were chosen. */
    sourceId: uuid("source_id"),
    state: text("state").notNull(),
    /** Its items; while they are collected, so many so far. */
    total: integer("total").notNull(),
    /** About how many items there will be; null for those that were taken down at once. */
    expected: integer("expected"),
    /** Goes on to run when all is collected, because nobody has to see a preview: an undo. */
    startsItself: boolean("starts_itself").notNull().default(false),
    /** The moment that the query was answered at; of two collectors only the one that wrote it last goes on. */
    takenAt: instant("taken_at"),
    /** The preview of a big draft, as far as `previewed`, the last position counted. */
    preview: jsonb("preview").$type<Record<string, unknown>>(),
    previewed: integer("previewed").notNull().default(0),
    changed: integer("changed").notNull().default(0),
    unchanged: integer("unchanged").notNull().default(0),
    conflicts: integer("conflicts").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    startedAt: instant("started_at"),
    /** When it last got on. A job that stands still for seconds has died with its worker. */
    workedAt: instant("worked_at"),
    finishedAt: instant("finished_at"),
    /** When the items were deleted to make room; from then on nothing can be undone. */
    forgottenAt: instant("forgotten_at"),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    check(
      "bulk_actions_state",
      sql`${table.state} in ('collecting', 'draft', 'counting', 'queued', 'running', 'done', 'cancelled')`,
    ),
    index("bulk_actions_recent").on(table.shopId, table.createdAt.desc()),
    index("bulk_actions_open")
      .on(table.shopId, table.id)
      .where(sql`state in ('collecting', 'counting', 'queued', 'running')`),
  ],
);

/** One order of a bulk action, or whatever its kind changes: what it was opened at, and what became of it. */
export const bulkItems = pgTable(
  "bulk_items",
  {
    shopId: shopKey(),
    bulkActionId: uuid("bulk_action_id").notNull(),
    position: integer("position").notNull(),
    /** The order, or the row of another table that the action's kind is about. */
    subjectId: uuid("subject_id").notNull(),
    /** The order's version when the action was asked for: what has changed since may conflict. */
    openedVersion: integer("opened_version").notNull(),
    /** What to set on this order alone; null where the action says it for all. */
    input: jsonb("input").$type<Record<string, unknown>>(),
    state: text("state").notNull().default("open"),
    /** The fields as they were and as they became: what an undo restores. */
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    /** The version this action made. */
    version: integer("version"),
    reason: text("reason"),
    attempts: smallint("attempts").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.bulkActionId, table.position] }),
    foreignKey({
      columns: [table.shopId, table.bulkActionId],
      foreignColumns: [bulkActions.shopId, bulkActions.id],
    }).onDelete("cascade"),
    check(
      "bulk_items_state",
      sql`${table.state} in ('open', 'changed', 'unchanged', 'conflict', 'refused', 'gone', 'failed')`,
    ),
    // Without the shop: beginning like the primary key it would tie with it while the table has no statistics yet.
    index("bulk_items_state").on(table.bulkActionId, table.state, table.position),
  ],
);

/** A list written to a file. The file's bytes are in {@link exportChunks} until it expires. */
export const listExports = pgTable(
  "list_exports",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    screen: text("screen").notNull(),
    format: text("format").notNull(),
    query: text("query").notNull(),
    /** The orders that were ticked one by one; null for all that the query matches. */
    orderIds: uuid("order_ids").array(),
    sort: text("sort").notNull(),
    columns: text("columns").array().notNull(),
    state: text("state").notNull(),
    /** Rows in the snapshot, counted at its start, and rows written so far. */
    total: integer("total"),
    written: integer("written").notNull().default(0),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    error: text("error"),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    check("list_exports_state", sql`${table.state} in ('queued', 'running', 'done', 'failed')`),
    check("list_exports_format", sql`${table.format} in ('csv', 'xlsx', 'jsonl', 'pdf', 'zip')`),
    index("list_exports_recent").on(table.shopId, table.createdAt.desc()),
  ],
);

export const exportChunks = pgTable(
  "export_chunks",
  {
    shopId: shopKey(),
    exportId: uuid("export_id").notNull(),
    position: integer("position").notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.exportId, table.position] }),
    foreignKey({
      columns: [table.shopId, table.exportId],
      foreignColumns: [listExports.shopId, listExports.id],
    }).onDelete("cascade"),
  ],
);

/** Who has an order open right now, a row for each tab. Unlogged: after a crash nobody's tab is known, and each says so again. */
export const presences = pgTable(
  "presences",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    orderId: uuid("order_id").notNull(),
    tabId: uuid("tab_id").notNull(),
    shopifyUserId: shopifyId("shopify_user_id").notNull(),
    name: text("name").notNull(),
    /** The field they are in; null when they only look. */
    field: text("field"),
    seenAt: instant("seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.orderId, table.tabId] })],
);

export interface StoredWeightStep {
  /** The step holds up to this weight, in grams; null for the last, open one. */
  upToGrams: number | null;
  feeMinor: string;
}

/** The shop's own shipping rate, for orders that came without shipping lines. */
export const shippingRates = pgTable("shipping_rates", {
  shopId: shopKey()
    .primaryKey()
    .references(() => shops.id, { onDelete: "cascade" }),
  currency: text("currency").notNull(),
  flatFeeMinor: minorUnits("flat_fee_minor"),
  freeFromMinor: minorUnits("free_from_minor"),
  weightSteps: jsonb("weight_steps").$type<StoredWeightStep[]>().notNull().default([]),
  version: integer("version").notNull().default(1),
  updatedBy: text("updated_by").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
