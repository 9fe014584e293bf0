import { type Db, withShop } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";

/** An order whose document waits for a person. */
export interface HeldOrder {
  draftId: string;
  orderId: string;
  orderName: string;
  /** Deleted at Shopify: it has no page any more, its documents have. */
  orderDeleted: boolean;
  kind: DocumentKind;
  /** Its figures cannot even be read: no person can issue its document as it stands. */
  unreadable: boolean;
  /** Why, in a sentence. */
  reason: string;
  /** ISO 8601. */
  heldAt: string;
}

/** Orders that are listed at once; whoever has more works from the top. */
export const listedHolds = 100;

/** The orders that wait longest for a person, and how many there are. Those that a person left are not among them. */
export function listHeldOrders(
  db: Db,
  shopId: ShopId,
  limit = listedHolds,
): Promise<{ held: HeldOrder[]; count: number }> {
  return withShop(db, shopId, async (tx) => {
    const held = await tx.sql<HeldOrder[]>`
      select i.id as "draftId", i.order_id as "orderId", o.name as "orderName",
        o.deleted_at is not null as "orderDeleted", i.kind, i.held_reason as reason,
        b.bill ->> 'problem' is not null as unreadable, to_json(i.updated_at)#>>'{}' as "heldAt"
      from invoice_drafts i join orders o on o.shop_id = i.shop_id and o.id = i.order_id
      left join order_bills b on b.shop_id = i.shop_id and b.order_id = i.order_id
      where i.shop_id = ${shopId} and i.held_reason is not null and i.dismissed_at is null
      order by i.updated_at, i.id limit ${limit}`;
    const [counted] = await tx.sql<{ count: number }[]>`
      select count(*)::int as count
      from invoice_drafts i join orders o on o.shop_id = i.shop_id and o.id = i.order_id
      where i.shop_id = ${shopId} and i.held_reason is not null and i.dismissed_at is null`;
    return { held: [...held], count: counted?.count ?? 0 };
  });
}
