import { type Db, type Tx, withShop, withSystem } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Rows that one fold takes; see fold_order_figures(). A full one means that there may be more. */
const foldLimit = 50_000;

/** Folds what has changed since the last time into the figures of each shop that has changes waiting. */
export async function foldOrderFigures(db: Db, stopping: AbortSignal): Promise<void> {
  const shops = await withSystem(
    db,
    (tx) => tx.sql<{ shop_id: ShopId }[]>`select distinct shop_id from order_figure_changes`,
  );
  for (const { shop_id: shopId } of shops) {
    for (let folded = foldLimit; folded >= foldLimit && !stopping.aborted; )
      folded = await foldShop(db, shopId);
  }
}

function foldShop(db: Db, shopId: ShopId): Promise<number> {
  return withShop(db, shopId, async (tx) => {
    await lockFigures(tx, shopId);
    const [row] = await tx.sql<{ folded: string }[]>`select fold_order_figures() as folded`;
    return Number(row?.folded ?? 0);
  });
}

/**
 * Counts and indexes everything of a shop anew: its day or its currency is another one now. The shop's
 * orders cannot be written meanwhile; deliveries are still received and wait in the inbox.
 */
export async function rebuildDesk(db: Db, shopId: ShopId): Promise<void> {
  const change = await withShop(db, shopId, async (tx) => {
    await tx.sql`select set_config('statement_timeout', '0', true)`;
    await lockFigures(tx, shopId);
    await tx.sql`select rebuild_desk()`;
    return countChange(tx, shopId);
  });
  notifyShop(db, { shopId, change, orders: null });
}

/** A rebuild must not overlook the row that a fold is adding at the same moment. */
export async function lockFigures(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended('figures ' || ${shopId}::text, 0))`;
}
