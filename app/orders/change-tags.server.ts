import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import type { OrderId } from "./order.ts";
import { addTag, removeTag, sameTags } from "./tags.ts";

export type ChangeTagsOutcome =
  | { outcome: "saved"; version: number }
  | { outcome: "unchanged" }
  | { outcome: "not_found" };

/**
 * Adds a tag to an order or removes one. It asks for no opened version: whatever others did to the tags meanwhile,
 * adding this one and removing that one mean the same, so they merge as sets and cannot conflict.
 */
export async function changeTags(
  db: Db,
  {
    shopId,
    orderId,
    change,
    actor,
  }: { shopId: ShopId; orderId: OrderId; change: { add: string } | { remove: string }; actor: Actor },
): Promise<ChangeTagsOutcome> {
  const { result, changeNumber } = await withShop(db, shopId, async (tx) => {
    const [order] = await tx.sql<{ version: number; tags: string[] }[]>`
      select version, tags from orders
      where shop_id = ${shopId} and id = ${orderId} and deleted_at is null for update`;
    if (!order) return { result: { outcome: "not_found" } as const, changeNumber: null };
    const tags = "add" in change ? addTag(order.tags, change.add) : removeTag(order.tags, change.remove);
    if (sameTags(tags, order.tags)) return { result: { outcome: "unchanged" } as const, changeNumber: null };
    const version = order.version + 1;
    await tx.sql`
      update orders set tags = ${tags}::text[], version = ${version}, updated_at = now()
      where shop_id = ${shopId} and id = ${orderId}`;
    await tx.sql`
      insert into order_events (shop_id, order_id, version, kind, actor_kind, actor_id, actor_name, changes)
      values (${shopId}, ${orderId}, ${version}, 'edited', ${actor.kind}, ${actor.id}, ${actor.name},
        ${JSON.stringify({ tags: { from: order.tags, to: tags } })}::text::jsonb)`;
    return {
      result: { outcome: "saved", version } as const,
      changeNumber: await countChange(tx, shopId),
    };
  });
  if (changeNumber !== null && result.outcome === "saved") {
    notifyShop(db, { shopId, change: changeNumber, orders: [{ id: orderId, version: result.version }] });
  }
  return result;
}
