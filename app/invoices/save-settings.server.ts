import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import type { InvoiceSettings, SettingsPart } from "./settings.ts";

interface SaveInvoiceSettings<Part extends SettingsPart> {
  shopId: ShopId;
  part: Part;
  value: InvoiceSettings[Part];
  /** The version the card was opened at, or the one it was decided against; 0 before anything was saved. */
  openedVersion: number;
  actor: Actor;
}

export type SaveSettingsOutcome =
  | { outcome: "saved"; version: number }
  /** What is stored is what was typed. */
  | { outcome: "unchanged"; version: number }
  /** Somebody else has saved meanwhile. */
  | { outcome: "conflict"; version: number };

/** Saves one part of how the shop invoices if the settings are still the version that was opened. */
export async function saveInvoiceSettings<Part extends SettingsPart>(
  db: Db,
  { shopId, part, value, openedVersion, actor }: SaveInvoiceSettings<Part>,
): Promise<SaveSettingsOutcome> {
  const { result, change } = await withShop(db, shopId, async (tx) => {
    // Settings that are not there yet have no row to lock.
    await tx.sql`select pg_advisory_xact_lock(hashtextextended('invoice-settings ' || ${shopId}::text, 0))`;
    const { version: stored, ...settings } = await readInvoiceSettings(tx, shopId);
    if (JSON.stringify(settings[part]) === JSON.stringify(value))
      return unchanged({ outcome: "unchanged", version: stored });
    if (stored !== openedVersion) return unchanged({ outcome: "conflict", version: stored });
    const version = stored + 1;
    const column = tx.sql(part as string);
    await tx.sql`
      insert into invoice_settings (shop_id, ${column}, version, updated_by)
      values (${shopId}, ${JSON.stringify(value)}::text::jsonb, ${version}, ${actor.name})
      on conflict (shop_id) do update set ${column} = excluded.${column}, version = excluded.version,
        updated_by = excluded.updated_by, updated_at = now()`;
    return {
      result: { outcome: "saved", version } satisfies SaveSettingsOutcome,
      change: await countChange(tx, shopId),
    };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return result;
}

const unchanged = (result: SaveSettingsOutcome) => ({ result, change: null });
