import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import type { SavedSettings } from "./settings-card.tsx";

/** The settings with who saved them last. */
export function findSavedSettings(db: Db, shopId: ShopId): Promise<SavedSettings> {
  return withShop(db, shopId, async (tx) => {
    const { version, ...settings } = await readInvoiceSettings(tx, shopId);
    const [row] = await tx.sql<{ updated_by: string; updated_at: string }[]>`
      select updated_by, to_json(updated_at)#>>'{}' as updated_at from invoice_settings where shop_id = ${shopId}`;
    return { settings, version, updatedBy: row?.updated_by ?? null, updatedAt: row?.updated_at ?? null };
  });
}
