import { findErased } from "../customers/erased-people.server.ts";
import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Where a document goes when nobody types an address. */
export type DocumentAddress =
  | { outcome: "address"; email: string }
  /** With a sentence for the merchant. */
  | { outcome: "none"; reason: string };

/**
 * The addresses on documents, by document. What is issued keeps the address of a person who was erased, as the law has
 * it, but nothing is sent there any more unless somebody types it. Another shop's documents are left out.
 */
export async function readDocumentAddresses(
  tx: Tx,
  shopId: ShopId,
  documentIds: string[],
): Promise<Map<string, DocumentAddress>> {
  const rows = await tx.sql<
    { id: string; email: string | null; shopifyOrderId: string; shopifyCustomerId: string | null }[]
  >`
    select d.id, d.buyer_email as email, o.shopify_order_id as "shopifyOrderId",
      c.shopify_customer_id as "shopifyCustomerId"
    from documents d join orders o on o.shop_id = d.shop_id and o.id = d.order_id
    left join customers c on c.shop_id = o.shop_id and c.id = o.customer_id
    where d.shop_id = ${shopId} and d.id = any(${documentIds}::uuid[])`;
  const erased = await findErased(
    tx,
    shopId,
    rows.map(({ shopifyOrderId, shopifyCustomerId }, key) => ({ key, shopifyOrderId, shopifyCustomerId })),
  );
  return new Map(rows.map(({ id, email }, key) => [id, addressOf(email, erased.has(key))]));
}

function addressOf(email: string | null, isErased: boolean): DocumentAddress {
  if (email === null) return { outcome: "none", reason: noAddress };
  if (isErased) return { outcome: "none", reason: "The person’s data was erased at their request." };
  return { outcome: "address", email };
}

export const noAddress = "The document has no e-mail address.";
