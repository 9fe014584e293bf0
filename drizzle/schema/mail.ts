import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, shopKey } from "./columns.ts";
import { documents } from "./invoices.ts";

/** E-mails that carry a document, one row a recipient. Their timeline stands in `document_events`, without addresses. */
export const documentMails = pgTable(
  "document_mails",
  {
    shopId: shopKey(),
    id: uuid("id").notNull(),
    documentId: uuid("document_id").notNull(),
    orderId: uuid("order_id").notNull(),
    /** Null once the person has been erased. */
    recipient: text("recipient"),
    state: text("state").notNull().default("queued"),
    /** Sent by itself after issue; at most one a document. */
    automatic: boolean("automatic").notNull().default(false),
    /** Tries begun so far. */
    attempts: integer("attempts").notNull().default(0),
    /** A try has begun whose outcome nobody has noted: it runs, or its worker was killed or lost the server's answer. */
    attemptOpen: boolean("attempt_open").notNull().default(false),
    /** Tries that ended without a word; after the second it is not known how often the mail arrived. */
    interrupted: integer("interrupted").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().defaultNow(),
    /** What the mail server said last, without addresses. */
    lastError: text("last_error"),
    /** The same for every try, so that a mailbox can tell a repetition. */
    messageId: text("message_id").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    sentAt: instant("sent_at"),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    foreignKey({
      columns: [table.shopId, table.documentId],
      foreignColumns: [documents.shopId, documents.id],
    }),
    check("document_mails_state", sql`${table.state} in ('queued', 'sent', 'failed', 'bounced')`),
    index("document_mails_document").on(table.documentId, table.shopId),
    index("document_mails_order").on(table.orderId, table.shopId),
    uniqueIndex("document_mails_waiting")
      .on(table.documentId, table.recipient, table.shopId)
      .where(sql`state = 'queued'`),
    uniqueIndex("document_mails_automatic").on(table.documentId, table.shopId).where(sql`automatic`),
  ],
);

/** Public addresses of documents. The token itself is nowhere: only its SHA-256, in hex. */
export const documentLinks = pgTable(
  "document_links",
  {
    shopId: shopKey(),
    id: uuid("id").notNull(),
    documentId: uuid("document_id").notNull(),
    orderId: uuid("order_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    views: integer("views").notNull().default(0),
    lastViewedAt: instant("last_viewed_at"),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    foreignKey({
      columns: [table.shopId, table.documentId],
      foreignColumns: [documents.shopId, documents.id],
    }),
    index("document_links_document").on(table.documentId, table.shopId),
    index("document_links_order").on(table.orderId, table.shopId),
    uniqueIndex("document_links_token").on(table.tokenHash),
  ],
);

/**
 * Wrong tokens by stretch of time and by the address that asked, hashed; the empty address counts all of them.
 * No shop's data. Unlogged: after a crash everybody starts from nothing.
 */
export const linkMisses = pgTable(
  "link_misses",
  {
    /** The stretch's number since 1970. */
    stretch: integer("stretch").notNull(),
    addressHash: text("address_hash").notNull(),
    misses: integer("misses").notNull(),
  },
  (table) => [primaryKey({ columns: [table.stretch, table.addressHash] })],
);
