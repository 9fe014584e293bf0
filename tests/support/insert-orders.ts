import { type Db, withShop } from "../../app/db.server.ts";
import type { OrderId } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";

/** Puts many pending orders into a shop at once, as their first delivery would have left them. @returns their ids, newest first */
export function insertOrders(db: Db, shopId: ShopId, count: number): Promise<OrderId[]> {
  return withShop(db, shopId, async (tx) => {
    await tx.sql`
      insert into orders (shop_id, id, shopify_order_id, name, status, financial_status, customer_name, email, currency,
        total_minor, subtotal_minor, tax_minor, discount_minor, shipping_fee_minor, taxes_included, presentment_currency,
        presentment_total_minor, ordered_total_minor, computed_total_minor, item_count, lines_hash, tags, version,
        shopify_values, last_external_updated_at, last_content_hash, created_at)
      select ${shopId}::uuid, gen_random_uuid(), 7000000000000 + n, '#' || n, 'PENDING', 'pending', 'Buyer ' || n,
        'buyer' || n || '@example.com', 'EUR', 3000, 2500, 479, 0, 500, true, 'EUR', 3000, 3000, 3000, 2, 'none',
        case when n % 3 = 0 then array['gift'] else '{}' end, 1,
        jsonb_build_object('status', 'PENDING', 'trackingCompany', null, 'trackingNumber', null, 'note', null,
          'tags', case when n % 3 = 0 then array['gift'] else '{}' end),
        now(), 'hash', now() - n * interval '1 minute'
      from generate_series(1, ${count}::int) n`;
    await tx.sql`
      insert into order_events (shop_id, order_id, version, kind, actor_kind, actor_name, changes)
      select shop_id, id, 1, 'created', 'shopify', 'Shopify', '{}' from orders where shop_id = ${shopId}`;
    const rows = await tx.sql<{ id: OrderId }[]>`
      select id from orders where shop_id = ${shopId} order by created_at desc`;
    return rows.map(({ id }) => id);
  });
}
