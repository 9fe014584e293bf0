import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Of whom something speaks, as far as it tells. `key` is the caller's own name for it. */
export interface PersonalReference {
  key: number;
  shopifyOrderId: string | null;
  shopifyCustomerId: string | null;
}

/**
 * Finds what speaks of somebody who was erased: the customer it names, the customer of the order if it names
 * none, or an order that a redaction names. After `shop/redact` everything does, until the shop installs again.
 * @returns the keys
 */
export async function findErased(
  tx: Tx,
  shopId: ShopId,
  references: PersonalReference[],
): Promise<Set<number>> {
  if (references.length === 0) return new Set();
  const rows = await tx.sql<{ key: string }[]>`
    select r.key from json_to_recordset(${JSON.stringify(references)}::text::json) as r (key bigint,
      "shopifyOrderId" bigint, "shopifyCustomerId" bigint)
    where exists (select from customers c where c.shop_id = ${shopId}
                    and c.shopify_customer_id = r."shopifyCustomerId" and c.erased_at is not null)
      or (r."shopifyCustomerId" is null
          and exists (select from orders o join customers c on c.shop_id = o.shop_id and c.id = o.customer_id
                      where o.shop_id = ${shopId} and o.shopify_order_id = r."shopifyOrderId" and c.erased_at is not null))
      or exists (select from privacy_requests p where p.shop_id = ${shopId} and p.topic = 'customers/redact'
                   and r."shopifyOrderId" = any(p.shopify_order_ids))
      or exists (select from privacy_requests p join shops s on s.id = p.shop_id
                 where p.shop_id = ${shopId} and p.topic = 'shop/redact' and p.received_at >= s.uninstalled_at)`;
  return new Set(rows.map(({ key }) => Number(key)));
}
