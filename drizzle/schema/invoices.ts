import { sql } from "drizzle-orm";
import {
  bigint,
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
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, minorUnits, shopKey } from "./columns.ts";
import { orders } from "./orders.ts";
import { shops } from "./shops.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const day = (name: string) => date(name, { mode: "string" });

/** How the numbers of one kind of document are written. The database reads it when it gives one. */
export interface StoredNumberPattern {
  /** Literal text; `{YYYY}` and `{YY}` stand for the year of issue. */
  prefix: string;
  /** Digits at least. */
  padding: number;
  /** Starts again with each year on the shop's calendar. */
  yearly: boolean;
  /** The first number of the next series, for a shop that moves here; 1 otherwise. */
  start: number;
}

/** How a shop invoices, a part for each card of its settings. Zod parses the parts where they are read. */
export const invoiceSettings = pgTable("invoice_settings", {
  shopId: shopKey()
    .primaryKey()
    .references(() => shops.id, { onDelete: "cascade" }),
  version: integer("version").notNull().default(1),
  seller: jsonb("seller").$type<Record<string, unknown>>().notNull().default({}),
  numbering: jsonb("numbering").$type<Partial<Record<string, StoredNumberPattern>>>().notNull().default({}),
  automation: jsonb("automation").$type<Record<string, unknown>>().notNull().default({}),
  taxes: jsonb("taxes").$type<Record<string, unknown>>().notNull().default({}),
  template: jsonb("template").$type<Record<string, unknown>>().notNull().default({}),
  mail: jsonb("mail").$type<Record<string, unknown>>().notNull().default({}),
  updatedBy: text("updated_by").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/** Logos by the hash of their bytes, kept for ever because issued documents show them. */
export const invoiceLogos = pgTable(
  "invoice_logos",
  {
    shopId: shopKey().references(() => shops.id),
    sha256: text("sha256").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: bytea("bytes").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.sha256] })],
);

/** What an order can be billed for as it stands: see app/invoices/bill.ts. Written only when it differs. */
export const orderBills = pgTable(
  "order_bills",
  {
    shopId: shopKey(),
    orderId: uuid("order_id").notNull(),
    bill: jsonb("bill").$type<Record<string, unknown>>().notNull(),
    billHash: text("bill_hash").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.orderId] }),
    foreignKey({
      columns: [table.shopId, table.orderId],
      foreignColumns: [orders.shopId, orders.id],
    }).onDelete("cascade"),
  ],
);

/** A document on its way: prepared by a person, or held for one with the reason. At most one an order and kind. */
export const invoiceDrafts = pgTable(
  "invoice_drafts",
  {
    shopId: shopKey(),
    id: uuid("id").notNull(),
    orderId: uuid("order_id").notNull(),
    kind: text("kind").notNull(),
    /** What it would say; made anew from the order when it is issued. */
    content: jsonb("content").$type<Record<string, unknown>>(),
    /** The bill that it was made from or held for. */
    billHash: text("bill_hash").notNull(),
    trigger: text("trigger").notNull(),
    /** Why it waits for a person, in a sentence; null for one that a person prepares. */
    heldReason: text("held_reason"),
    /** When a person decided to leave it: the same bill is not held again. */
    dismissedAt: instant("dismissed_at"),
    version: integer("version").notNull().default(1),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique("invoice_drafts_one").on(table.shopId, table.orderId, table.kind),
    foreignKey({
      columns: [table.shopId, table.orderId],
      foreignColumns: [orders.shopId, orders.id],
    }).onDelete("cascade"),
    check("invoice_drafts_kind", sql`${table.kind} in ('invoice', 'credit_note')`),
    index("invoice_drafts_held")
      .on(table.shopId, table.updatedAt, table.id)
      .where(sql`held_reason is not null and dismissed_at is null`),
  ],
);

/**
 * One run of numbers: first … last without a gap. Only the database's own trigger writes it, when a document is
 * inserted, so a rollback takes its number back and nobody else can take one.
 */
export const numberSeries = pgTable(
  "number_series",
  {
    shopId: shopKey().references(() => shops.id),
    id: uuid("id").notNull(),
    kind: text("kind").notNull(),
    /** The year on the shop's calendar; 0 for a series that never starts again. */
    year: integer("year").notNull(),
    firstSequence: bigint("first_sequence", { mode: "number" }).notNull(),
    lastSequence: bigint("last_sequence", { mode: "number" }).notNull(),
    lastHash: text("last_hash"),
    lastIssuedAt: instant("last_issued_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique("number_series_one").on(table.shopId, table.kind, table.year),
  ],
);

/**
 * Issued documents. Rows are only ever added: triggers refuse UPDATE, DELETE and TRUNCATE for every role. Whoever
 * inserts leaves `seriesId`, `sequence`, `number`, `issuedOn`, `dueOn`, `previousHash` and `hash` to the database.
 */
export const documents = pgTable(
  "documents",
  {
    shopId: shopKey().references(() => shops.id),
    id: uuid("id").notNull(),
    kind: text("kind").notNull(),
    seriesId: uuid("series_id").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    number: text("number").notNull(),
    issuedAt: instant("issued_at").notNull(),
    issuedOn: day("issued_on").notNull(),
    dueOn: day("due_on"),
    orderId: uuid("order_id").notNull(),
    refersToId: uuid("refers_to_id"),
    /** What made it be issued: paid, fulfilled, by_hand, bulk, refund, edit, cancel. */
    trigger: text("trigger").notNull(),
    templateVersion: smallint("template_version").notNull(),
    currency: text("currency").notNull(),
    netMinor: minorUnits("net_minor").notNull(),
    taxMinor: minorUnits("tax_minor").notNull(),
    grossMinor: minorUnits("gross_minor").notNull(),
    shopCurrency: text("shop_currency").notNull(),
    shopNetMinor: minorUnits("shop_net_minor").notNull(),
    shopTaxMinor: minorUnits("shop_tax_minor").notNull(),
    shopGrossMinor: minorUnits("shop_gross_minor").notNull(),
    buyerName: text("buyer_name"),
    buyerEmail: text("buyer_email"),
    buyerCountry: text("buyer_country"),
    /** DocumentContent as JSON text; text, because the hash is of these bytes. */
    content: text("content").notNull(),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique("documents_sequence").on(table.seriesId, table.sequence, table.shopId),
    unique("documents_number").on(table.number, table.kind, table.shopId),
    foreignKey({ columns: [table.shopId, table.orderId], foreignColumns: [orders.shopId, orders.id] }),
    foreignKey({
      columns: [table.shopId, table.seriesId],
      foreignColumns: [numberSeries.shopId, numberSeries.id],
    }),
    foreignKey({ columns: [table.shopId, table.refersToId], foreignColumns: [table.shopId, table.id] }),
    check("documents_kind", sql`${table.kind} in ('invoice', 'credit_note')`),
    check("documents_totals", sql`${table.netMinor} + ${table.taxMinor} = ${table.grossMinor}`),
    index("documents_order").on(table.orderId, table.shopId),
    index("documents_issued").on(table.shopId, table.issuedAt, table.id),
  ],
);

/** Where payment of a document stands: beside it, because the document itself is frozen. */
export const documentStates = pgTable(
  "document_states",
  {
    shopId: shopKey(),
    documentId: uuid("document_id").notNull(),
    state: text("state").notNull(),
    /** In the document's currency. */
    paidMinor: minorUnits("paid_minor").notNull().default(sql`0`),
    creditedMinor: minorUnits("credited_minor").notNull().default(sql`0`),
    version: integer("version").notNull().default(1),
    paidAt: instant("paid_at"),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.documentId] }),
    foreignKey({
      columns: [table.shopId, table.documentId],
      foreignColumns: [documents.shopId, documents.id],
    }),
    check(
      "document_states_state",
      sql`${table.state} in ('issued', 'partly_paid', 'paid', 'overdue', 'credited')`,
    ),
    index("document_states_open")
      .on(table.shopId, table.documentId)
      .where(sql`state in ('issued', 'partly_paid')`),
  ],
);

/** Payments that a person entered. One that was wrong is undone, not removed. */
export const documentPayments = pgTable(
  "document_payments",
  {
    shopId: shopKey(),
    id: uuid("id").notNull(),
    documentId: uuid("document_id").notNull(),
    amountMinor: minorUnits("amount_minor").notNull(),
    paidOn: day("paid_on").notNull(),
    note: text("note"),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    undoneAt: instant("undone_at"),
    undoneBy: text("undone_by"),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    foreignKey({
      columns: [table.shopId, table.documentId],
      foreignColumns: [documents.shopId, documents.id],
    }),
    index("document_payments_document").on(table.documentId, table.shopId),
  ],
);

/** The rendered PDF of a document, kept for ever with the version of the templates that made it. Rows are frozen. */
export const documentFiles = pgTable(
  "document_files",
  {
    shopId: shopKey(),
    documentId: uuid("document_id").notNull(),
    templateVersion: smallint("template_version").notNull(),
    sha256: text("sha256").notNull(),
    bytes: bytea("bytes").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.documentId] }),
    foreignKey({
      columns: [table.shopId, table.documentId],
      foreignColumns: [documents.shopId, documents.id],
    }),
  ],
);

/** What happened around an order's documents, for the timelines. Append-only by grant. */
export const documentEvents = pgTable(
  "document_events",
  {
    shopId: shopKey(),
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
    orderId: uuid("order_id").notNull(),
    /** Null when no document came of it: held, excluded. */
    documentId: uuid("document_id"),
    kind: text("kind").notNull(),
    /** What a sentence about it needs: the number, the reason, the recipient's name. */
    detail: jsonb("detail").$type<Record<string, string | number | null>>().notNull().default({}),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    foreignKey({
      columns: [table.shopId, table.orderId],
      foreignColumns: [orders.shopId, orders.id],
    }).onDelete("cascade"),
    index("document_events_order").on(table.orderId, table.shopId, table.id),
    index("document_events_document").on(table.documentId, table.shopId, table.id),
  ],
);
