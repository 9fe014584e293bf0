import type { StoredWeightStep } from "../../drizzle/schema/desk.ts";
import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { ShippingRate } from "./shipping-rate.ts";

/** The shop's rate as it is stored. */
export interface SavedRate {
  rate: ShippingRate;
  version: number;
  updatedBy: string;
  updatedAt: string;
}

/** @returns null for a shop that has never saved a rate */
export function findShippingRate(db: Db, shopId: ShopId): Promise<SavedRate | null> {
  return withShop(db, shopId, (tx) => readShippingRate(tx, shopId));
}

export async function readShippingRate(tx: Tx, shopId: ShopId): Promise<SavedRate | null> {
  const [row] = await tx.sql<
    {
      currency: string;
      flat_fee_minor: string | null;
      free_from_minor: string | null;
      weight_steps: StoredWeightStep[];
      version: number;
      updated_by: string;
      updated_at: string;
    }[]
  >`select currency, flat_fee_minor, free_from_minor, weight_steps, version, updated_by,
           to_json(updated_at)#>>'{}' as updated_at
    from shipping_rates where shop_id = ${shopId}`;
  if (!row) return null;
  return {
    rate: {
      currency: row.currency,
      flatFeeMinor: row.flat_fee_minor,
      freeFromMinor: row.free_from_minor,
      // By name, because jsonb keeps keys in an order of its own and this goes to the screen.
      weightSteps: row.weight_steps.map(({ upToGrams, feeMinor }) => ({ upToGrams, feeMinor })),
    },
    version: row.version,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}
