import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { ComplianceTopic } from "./privacy-requests.server.ts";

export interface PrivacyRequest {
  id: string;
  topic: ComplianceTopic;
  shopifyCustomerId: string | null;
  receivedAt: string;
  completedAt: string | null;
  outcome: Record<string, number>;
}

/** The shop's newest compliance requests, what became of them included. */
export function listPrivacyRequests(db: Db, shopId: ShopId): Promise<PrivacyRequest[]> {
  return withShop(db, shopId, async (tx) => [
    ...(await tx.sql<PrivacyRequest[]>`
      select id, topic, shopify_customer_id::text as "shopifyCustomerId", to_json(received_at)#>>'{}' as "receivedAt",
        to_json(completed_at)#>>'{}' as "completedAt", outcome
      from privacy_requests where shop_id = ${shopId} order by received_at desc limit 100`),
  ]);
}

/**
 * Everything stored about the customer of a data request, for the merchant to hand over, and marks it answered.
 * @returns null when the shop has no such request
 */
export function answerDataRequest(db: Db, shopId: ShopId, requestId: string): Promise<object | null> {
  return withShop(db, shopId, async (tx) => {
    const [request] = await tx.sql<{ customer: string; orders: string[] }[]>`
      update privacy_requests set completed_at = coalesce(completed_at, now())
      where shop_id = ${shopId} and id = ${requestId} and topic = 'customers/data_request'
      returning shopify_customer_id as customer, shopify_order_ids::text[] as orders`;
    if (!request) return null;
    const [customer] = await tx.sql<{ id: string }[]>`
      select id, shopify_customer_id::text, first_name, last_name, email, phone, note, created_at from customers
      where shop_id = ${shopId} and shopify_customer_id = ${request.customer}`;
    const orders = await tx.sql`
      select shopify_order_id::text, name, created_at, email, customer_name, note, shipping_address, billing_address,
        total_minor::text, currency
      from orders where shop_id = ${shopId} and (customer_id = ${customer?.id ?? null}
        or shopify_order_id = any(${request.orders}::bigint[])) order by created_at`;
    return { customer: customer ?? null, orders: [...orders] };
  });
}
