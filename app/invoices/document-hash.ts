import { createHash } from "node:crypto";

/** A row of `documents` as text, every column as PostgreSQL writes it; `issued_at` as document_hash() writes it. */
export interface HashedRow {
  previous_hash: string;
  shop_id: string;
  id: string;
  kind: string;
  series_id: string;
  sequence: string;
  number: string;
  issued_at: string;
  issued_on: string;
  due_on: string | null;
  order_id: string;
  refers_to_id: string | null;
  trigger: string;
  template_version: string;
  currency: string;
  net_minor: string;
  tax_minor: string;
  gross_minor: string;
  shop_currency: string;
  shop_net_minor: string;
  shop_tax_minor: string;
  shop_gross_minor: string;
  buyer_name: string | null;
  buyer_email: string | null;
  buyer_country: string | null;
  content: string;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
}

/** The fields in the order that document_hash() takes them (migrations/0002_invoices.sql). */
const hashedFields: (keyof HashedRow)[] = [
  "previous_hash",
  "shop_id",
  "id",
  "kind",
  "series_id",
  "sequence",
  "number",
  "issued_at",
  "issued_on",
  "due_on",
  "order_id",
  "refers_to_id",
  "trigger",
  "template_version",
  "currency",
  "net_minor",
  "tax_minor",
  "gross_minor",
  "shop_currency",
  "shop_net_minor",
  "shop_tax_minor",
  "shop_gross_minor",
  "buyer_name",
  "buyer_email",
  "buyer_country",
  "content",
  "actor_kind",
  "actor_id",
  "actor_name",
];

/**
 * The hash that the database gave the document, worked out by other means: each field as its length in bytes, a colon
 * and the field, a missing one as a minus sign, then SHA-256 in hex.
 */
export function hashDocument(row: HashedRow): string {
  const hash = createHash("sha256");
  for (const name of hashedFields) {
    const field = row[name];
    hash.update(field === null ? "-" : `${Buffer.byteLength(field)}:${field}`);
  }
  return hash.digest("hex");
}
