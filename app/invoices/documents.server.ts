import { type Db, type Tx, withShop } from "../db.server.ts";
import type { DocumentContent, DocumentKind, IssuedDocument } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";
import type { DocumentTrigger, PaymentState } from "./document-row.ts";
import { readInvoiceAccount } from "./invoice-account.server.ts";
import type { InvoiceAccount } from "./invoice-account.ts";

/** A document as a row of a list. Amounts are minor units of `currency` as text. */
export interface DocumentListItem {
  id: string;
  orderId: string;
  kind: DocumentKind;
  number: string;
  /** ISO 8601. */
  issuedAt: string;
  issuedOn: string;
  dueOn: string | null;
  trigger: DocumentTrigger;
  currency: string;
  grossMinor: string;
  state: PaymentState;
  paidMinor: string;
  creditedMinor: string;
}

/** A payment that a person entered. */
export interface EnteredPayment {
  id: string;
  amountMinor: string;
  paidOn: string;
  note: string | null;
  actorName: string;
  createdAt: string;
  undoneAt: string | null;
  undoneBy: string | null;
}

export interface DocumentDetail extends DocumentListItem, IssuedDocument {
  orderName: string;
  /** The order was deleted at Shopify, so it has no page any more. */
  orderDeleted: boolean;
  paidAt: string | null;
  hash: string;
  previousHash: string;
  sequence: string;
  actorName: string;
  /** The hash of the PDF that is kept; null until it is rendered. */
  fileSha256: string | null;
  payments: EnteredPayment[];
  /** Null for a credit note. */
  account: InvoiceAccount | null;
  /** The invoice it refers to, and the documents that refer to it. */
  related: DocumentListItem[];
}

const listColumns = (tx: Tx) => tx.sql`
  d.id, d.order_id as "orderId", d.kind, d.number, to_json(d.issued_at)#>>'{}' as "issuedAt",
  d.issued_on::text as "issuedOn", d.due_on::text as "dueOn", d.trigger, d.currency, d.gross_minor::text as "grossMinor",
  s.state, s.paid_minor::text as "paidMinor", s.credited_minor::text as "creditedMinor"`;

/** @returns null for an unknown document, another shop's included */
export function findDocument(db: Db, shopId: ShopId, documentId: string): Promise<DocumentDetail | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<
      (Omit<DocumentDetail, "content" | "payments" | "account" | "related"> & {
        content: string;
        refersToId: string | null;
      })[]
    >`
      select ${listColumns(tx)}, d.content, d.template_version as "templateVersion", d.hash,
        d.previous_hash as "previousHash", d.sequence::text as sequence, d.actor_name as "actorName",
        d.refers_to_id as "refersToId", to_json(s.paid_at)#>>'{}' as "paidAt", o.name as "orderName",
        o.deleted_at is not null as "orderDeleted", f.sha256 as "fileSha256"
      from documents d
      join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
      join orders o on o.shop_id = d.shop_id and o.id = d.order_id
      left join document_files f on f.shop_id = d.shop_id and f.document_id = d.id
      where d.shop_id = ${shopId} and d.id = ${documentId}`;
    if (!row) return null;
    const { refersToId, content: frozen, ...document } = row;
    const [payments, account, related] = await Promise.all([
      tx.sql<EnteredPayment[]>`
        select id, amount_minor::text as "amountMinor", paid_on::text as "paidOn", note, actor_name as "actorName",
          to_json(created_at)#>>'{}' as "createdAt", to_json(undone_at)#>>'{}' as "undoneAt", undone_by as "undoneBy"
        from document_payments where shop_id = ${shopId} and document_id = ${documentId} order by document_payments.id`,
      readInvoiceAccount(tx, shopId, { documentId, orderId: row.orderId }),
      tx.sql<DocumentListItem[]>`
        select ${listColumns(tx)} from documents d
        join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
        where d.shop_id = ${shopId} and d.order_id = ${row.orderId}
          and (d.id = ${refersToId}::uuid or d.refers_to_id = ${documentId})
        order by d.issued_at, d.kind desc, d.sequence`,
    ]);
    const content: DocumentContent = JSON.parse(frozen);
    return { ...document, content, payments: [...payments], account, related: [...related] };
  });
}

/** An order's documents in the order they were issued. Another shop's order has none. */
export function listOrderDocuments(db: Db, shopId: ShopId, orderId: string): Promise<DocumentListItem[]> {
  return withShop(db, shopId, async (tx) => [
    ...(await tx.sql<DocumentListItem[]>`
      select ${listColumns(tx)} from documents d
      join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
      where d.shop_id = ${shopId} and d.order_id = ${orderId}
      order by d.issued_at, d.kind desc, d.sequence`),
  ]);
}

/** Documents as they are rendered, in the order of the given ids. Those of another shop are left out. */
export async function readIssuedDocuments(
  tx: Tx,
  shopId: ShopId,
  documentIds: string[],
): Promise<IssuedDocument[]> {
  const rows = await tx.sql<(Omit<IssuedDocument, "content"> & { content: string })[]>`
    select id, number, issued_on::text as "issuedOn", due_on::text as "dueOn", template_version as "templateVersion",
      content
    from documents where shop_id = ${shopId} and id = any(${documentIds}::uuid[])`;
  const byId = new Map(
    rows.map((row) => [row.id, { ...row, content: JSON.parse(row.content) as DocumentContent }]),
  );
  return documentIds.flatMap((id) => byId.get(id) ?? []);
}
