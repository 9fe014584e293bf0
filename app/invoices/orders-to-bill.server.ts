import type { StoredAddress } from "../../drizzle/schema/orders.ts";
import type { Tx } from "../db.server.ts";
import type { DocumentContent, DocumentKind } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";
import type { Bill } from "./bill.ts";
import { billFromInbox } from "./bill-from-inbox.server.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import type { InvoiceSettings } from "./settings.ts";

/** A document that an order has already. */
export interface EarlierDocument {
  id: string;
  kind: DocumentKind;
  number: string;
  issuedOn: string;
  content: DocumentContent;
  /** A credit note that a person made. */
  byHand: boolean;
}

/** An order with all that billing it needs. */
export interface OrderToBill {
  id: string;
  name: string;
  email: string | null;
  customerName: string | null;
  billingAddress: StoredAddress | null;
  shippingAddress: StoredAddress | null;
  createdAt: string;
  shippedAt: string | null;
  deliveredAt: string | null;
  cancelledAt: string | null;
  deleted: boolean;
  test: boolean;
  tags: string[];
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  /** Null while Shopify has not told the order since bills are kept, and no body of a delivery is left to read it from. */
  bill: Bill | null;
  billHash: string | null;
  /** In the order they were issued. */
  documents: EarlierDocument[];
}

/**
 * Reads orders for billing, keyed by id. Those of another shop are left out, deleted ones are not.
 * @param lock keeps them from being changed or billed by others until the end of the transaction, locked in the order
 *   of their ids as the deliveries do it. Whoever issues holds this lock, so nothing is billed twice
 */
export async function readOrdersToBill(
  tx: Tx,
  shopId: ShopId,
  orderIds: string[],
  { lock }: { lock: boolean },
): Promise<Map<string, OrderToBill>> {
  if (orderIds.length === 0) return new Map();
  // First the locks, then a statement that sees whatever committed while it waited for them.
  if (lock)
    await tx.sql`select from orders where shop_id = ${shopId} and id = any(${orderIds}::uuid[]) order by id for update`;
  const [rows, documents] = await Promise.all([
    tx.sql<Omit<OrderToBill, "documents">[]>`
      select o.id, o.name, o.email, o.customer_name as "customerName", o.billing_address as "billingAddress",
        o.shipping_address as "shippingAddress", to_json(o.created_at)#>>'{}' as "createdAt",
        to_json(o.shipped_at)#>>'{}' as "shippedAt", to_json(o.delivered_at)#>>'{}' as "deliveredAt",
        to_json(o.cancelled_at)#>>'{}' as "cancelledAt", o.deleted_at is not null as deleted, o.test, o.tags,
        o.financial_status as "financialStatus", o.fulfillment_status as "fulfillmentStatus",
        b.bill, b.bill_hash as "billHash"
      from orders o left join order_bills b on b.shop_id = o.shop_id and b.order_id = o.id
      where o.shop_id = ${shopId} and o.id = any(${orderIds}::uuid[])`,
    readDocuments(tx, shopId, orderIds),
  ]);
  const unbilled = rows.filter(({ bill, deleted }) => !bill && !deleted).map(({ id }) => id);
  const bills = await billFromInbox(tx, shopId, unbilled, { keep: lock });
  return new Map(
    rows.map((row) => [row.id, { ...row, ...bills.get(row.id), documents: documents.get(row.id) ?? [] }]),
  );
}

async function readDocuments(
  tx: Tx,
  shopId: ShopId,
  orderIds: string[],
): Promise<Map<string, EarlierDocument[]>> {
  const rows = await tx.sql<
    {
      id: string;
      orderId: string;
      kind: DocumentKind;
      number: string;
      issuedOn: string;
      content: string;
      byHand: boolean;
    }[]
  >`
    select id, order_id as "orderId", kind, number, issued_on::text as "issuedOn", content,
      kind = 'credit_note' and trigger = 'by_hand' as "byHand"
    from documents where shop_id = ${shopId} and order_id = any(${orderIds}::uuid[])
    order by issued_at, kind desc, sequence`;
  const documents = rows.map(({ content, ...row }) => ({
    ...row,
    content: JSON.parse(content) as DocumentContent,
  }));
  return Map.groupBy(documents, ({ orderId }) => orderId);
}

/** How the shop bills. */
export interface BillingTerms {
  settings: InvoiceSettings;
  shop: { currency: string; timeZone: string };
}

export async function readBillingTerms(tx: Tx, shopId: ShopId): Promise<BillingTerms> {
  const [settings, [shop]] = await Promise.all([
    readInvoiceSettings(tx, shopId),
    tx.sql<(BillingTerms["shop"] & { name: string })[]>`
      select currency, time_zone as "timeZone", name from shops where id = ${shopId}`,
  ]);
  if (!shop) throw new Error("a transaction in a shop sees its shop");
  const { name, ...calendar } = shop;
  // Nobody is sent an invoice from no one: until the seller is filled in it is the shop by its own name.
  const seller = { ...settings.seller, name: settings.seller.name || name };
  return { settings: { ...settings, seller }, shop: calendar };
}
