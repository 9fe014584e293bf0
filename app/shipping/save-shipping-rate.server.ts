import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { isSameRate, type ShippingRate } from "./shipping-rate.ts";
import { readShippingRate, type SavedRate } from "./shipping-rates.server.ts";

interface SaveShippingRate {
  shopId: ShopId;
  /** The version the form was opened at, or the one it was decided against; 0 while there is no rate. */
  openedVersion: number;
  rate: ShippingRate;
  actor: Actor;
}

export type SaveRateOutcome =
  | { outcome: "saved"; version: number }
  /** Theirs is what was typed. */
  | { outcome: "unchanged"; version: number }
  /** Somebody else has saved meanwhile. */
  | { outcome: "conflict"; theirs: SavedRate };

/** Saves the shop's rate if it is still the version that was opened. */
export async function saveShippingRate(
  db: Db,
  { shopId, openedVersion, rate, actor }: SaveShippingRate,
): Promise<SaveRateOutcome> {
  const { result, change } = await withShop(db, shopId, async (tx) => {
    // A rate that is not there yet has no row to lock.
    await tx.sql`select pg_advisory_xact_lock(hashtextextended('shipping-rate ' || ${shopId}::text, 0))`;
    const stored = await readShippingRate(tx, shopId);
    if (stored && isSameRate(stored.rate, rate))
      return unchanged({ outcome: "unchanged", version: stored.version });
    if (stored && stored.version !== openedVersion) return unchanged({ outcome: "conflict", theirs: stored });
    const version = (stored?.version ?? 0) + 1;
    await tx.sql`
      insert into shipping_rates (shop_id, currency, flat_fee_minor, free_from_minor, weight_steps, version, updated_by)
      values (${shopId}, ${rate.currency}, ${rate.flatFeeMinor}, ${rate.freeFromMinor},
        ${JSON.stringify(rate.weightSteps)}::text::jsonb, ${version}, ${actor.name})
      on conflict (shop_id) do update set currency = excluded.currency, flat_fee_minor = excluded.flat_fee_minor,
        free_from_minor = excluded.free_from_minor, weight_steps = excluded.weight_steps,
        version = excluded.version, updated_by = excluded.updated_by, updated_at = now()`;
    return {
      result: { outcome: "saved", version } satisfies SaveRateOutcome,
      change: await countChange(tx, shopId),
    };
  });
  // Order pages show what the rate asks, so every screen reads again.
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return result;
}

const unchanged = (result: SaveRateOutcome) => ({ result, change: null });
