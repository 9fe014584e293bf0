import { type Db, withShop } from "../db.server.ts";
import type { OrderId } from "../orders/order.ts";
import type { ShopId } from "../shops/shop.ts";

/** The newest order that can be billed, for a preview; null while there is none. */
export function findPreviewOrder(db: Db, shopId: ShopId): Promise<{ id: OrderId; name: string } | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<{ id: OrderId; name: string }[]>`
      select id, name from orders
      where shop_id = ${shopId} and deleted_at is null and not test
        and exists (select from order_bills where order_bills.shop_id = orders.shop_id and order_id = orders.id)
      order by created_at desc, id desc limit 1`;
    return row ?? null;
  });
}
