import { withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import type { AppContext } from "./app-context.ts";
import { createOrderToBill } from "./invoices.ts";

/** A shop with so many orders that can be billed: copies of one, bills and all, named #1 to #n. @returns their ids by name */
export async function shopWithOrdersToBill(
  context: AppContext,
  count: number,
): Promise<{ shopId: ShopId; domain: string; orderIds: string[] }> {
  const { shopId, domain, orderId } = await createOrderToBill(context);
  const orderIds = await withShop(context.db, shopId, async ({ sql }) => {
    await sql`update orders set name = '#1' where id = ${orderId}`;
    await sql`
      insert into orders select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'name', '#' || place,
        'shopify_order_id', o.shopify_order_id + place))).*
      from orders o, generate_series(2, ${count}::int) place where o.id = ${orderId}`;
    await sql`
      insert into order_bills select (jsonb_populate_record(b, jsonb_build_object('order_id', o.id))).*
      from order_bills b, orders o where b.order_id = ${orderId} and o.id <> ${orderId}`;
    const rows = await sql<{ id: string }[]>`select id from orders order by ltrim(name, '#')::int`;
    return rows.map(({ id }) => id);
  });
  return { shopId, domain, orderIds };
}
