import { randomUUID } from "node:crypto";
import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type ExportRequest, keepHours, maxOpen } from "./list-export.ts";

export type RequestOutcome = { outcome: "requested"; exportId: string } | { outcome: "too_many" };

/** Notes that a list is to be written to a file, and adds the job that does it. */
export async function requestExport(
  db: Db,
  queue: Queue,
  { shopId, actor, request }: { shopId: ShopId; actor: Actor; request: ExportRequest },
): Promise<RequestOutcome> {
  const exportId = randomUUID();
  const { screen, format, query, ids, sort, columns } = request;
  const change = await withShop(db, shopId, async (tx) => {
    const open = await tx.sql`
      select from list_exports where shop_id = ${shopId} and state in ('queued', 'running') limit ${maxOpen}`;
    if (open.length === maxOpen) return null;
    await tx.sql`
      insert into list_exports (shop_id, id, screen, format, query, order_ids, sort, columns, state,
                                actor_id, actor_name, expires_at)
      values (${shopId}, ${exportId}, ${screen}, ${format}, ${query}, ${ids}::uuid[], ${sort}, ${columns}::text[],
              'queued', ${actor.id}, ${actor.name}, now() + make_interval(hours => ${keepHours}))`;
    await enqueue(queue, tx, "export-list", { shopId, exportId }, { singletonKey: exportId });
    return countChange(tx, shopId);
  });
  if (change === null) return { outcome: "too_many" };
  notifyShop(db, { shopId, change, orders: [] });
  return { outcome: "requested", exportId };
}
