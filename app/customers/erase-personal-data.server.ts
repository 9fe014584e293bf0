import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { ComplianceTopic } from "./privacy-requests.server.ts";

/** Orders erased in one transaction: a shop with a million must not hold its locks for minutes. */
const chunkSize = 500;

interface RequestRow {
  topic: ComplianceTopic;
  shopify_customer_id: string | null;
  completed_at: string | null;
}

/**
 * Carries out a redaction request: names, addresses, e-mail, phone and notes leave the customers, the orders, the
 * timeline and the inbox's raw bodies; amounts and statuses stay. Safe to run again after a crash.
 *
 * Source of the rule: domain rule 6; Shopify, "Privacy law compliance" (30 days to act).
 */
export async function erasePersonalData(db: Db, shopId: ShopId, requestId: string): Promise<void> {
  const request = await withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<RequestRow[]>`
      select topic, shopify_customer_id, completed_at from privacy_requests where shop_id = ${shopId} and id = ${requestId}`;
    return row;
  });
  if (!request || request.completed_at) return;
  const customerId = request.topic === "customers/redact" ? request.shopify_customer_id : null;
  const erased = { customers: await eraseCustomers(db, shopId, customerId), orders: 0, deliveries: 0 };
  for (;;) {
    const chunk = await withShop(db, shopId, (tx) => eraseOrders(tx, shopId, customerId));
    erased.orders += chunk.orders;
    erased.deliveries += chunk.deliveries;
    if (chunk.orders === 0) break;
  }
  if (customerId === null) erased.deliveries += await eraseInbox(db, shopId);
  await withShop(
    db,
    shopId,
    (tx) => tx.sql`
      update privacy_requests set completed_at = now(), outcome = ${JSON.stringify(erased)}::text::jsonb
      where shop_id = ${shopId} and id = ${requestId}`,
  );
}

function eraseCustomers(db: Db, shopId: ShopId, customerId: string | null): Promise<number> {
  return withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update customers set first_name = null, last_name = null, email = null, phone = null, erased_at = now(), updated_at = now()
      where shop_id = ${shopId} and erased_at is null
        and (${customerId}::bigint is null or shopify_customer_id = ${customerId}::bigint)`;
    return count;
  });
}

/** Erases the next orders that still hold something personal, with their timeline and their deliveries. */
async function eraseOrders(
  tx: Tx,
  shopId: ShopId,
  customerId: string | null,
): Promise<{ orders: number; deliveries: number }> {
  const erased = await tx.sql<{ id: string; shopify_order_id: string }[]>`
    update orders set customer_name = null, email = null, shipping_address = null, billing_address = null, note = null,
      shopify_values = shopify_values || '{"note": null}', updated_at = now()
    where shop_id = ${shopId} and id in (
      select o.id from orders o left join customers c on c.shop_id = o.shop_id and c.id = o.customer_id
      where o.shop_id = ${shopId} and (${customerId}::bigint is null or c.shopify_customer_id = ${customerId}::bigint)
        and (o.customer_name is not null or o.email is not null or o.shipping_address is not null
             or o.billing_address is not null or o.note is not null or o.shopify_values->>'note' is not null)
      order by o.id limit ${chunkSize} for update of o)
    returning id, shopify_order_id`;
  if (erased.length === 0) return { orders: 0, deliveries: 0 };
  await tx.sql`select erase_order_event_texts(${erased.map(({ id }) => id)}::uuid[])`;
  const { count } = await tx.sql`
    update webhook_events set body = null, rejected_body = null, erased_at = now()
    where shop_id = ${shopId} and shopify_order_id = any(${erased.map((order) => order.shopify_order_id)}::bigint[])
      and status <> 'received' and erased_at is null`;
  return { orders: erased.length, deliveries: count };
}

/** A redacted shop keeps no body at all. */
function eraseInbox(db: Db, shopId: ShopId): Promise<number> {
  return withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update webhook_events set body = null, rejected_body = null, erased_at = now()
      where shop_id = ${shopId} and status <> 'received' and erased_at is null`;
    return count;
  });
}
