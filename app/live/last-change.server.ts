import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** The shop's last committed change number. */
export function readLastChange(db: Db, shopId: ShopId): Promise<number> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<
      { last_change: string }[]
    >`select last_change from shop_changes where shop_id = ${shopId}`;
    return Number(row?.last_change ?? 0);
  });
}
