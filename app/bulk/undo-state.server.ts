import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";

/**
 * The undo of an action, as a condition on `bulk_actions u`: one that runs or has run. A new try's draft is none yet,
 * and one that was stopped before it had all its items has undone nothing.
 */
export const isUndoOf = ({ sql }: Tx, shopId: ShopId, id: BulkActionId | ReturnType<Tx["sql"]>) => sql`
  u.shop_id = ${shopId} and u.undo_of = ${id} and u.state not in ('draft', 'counting')
    and (u.state <> 'collecting' or u.starts_itself) and (u.state <> 'cancelled' or u.expected is null)`;
