import { type Db, withShop } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { checkLogo } from "./check-logo.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import { findLogo, type Logo, saveLogo } from "./save-logo.server.ts";
import { saveInvoiceSettings } from "./save-settings.server.ts";

export type ChangeLogoOutcome = { outcome: "saved" } | { outcome: "refused"; reason: string };

/** Makes a picture the shop's logo, or takes it off with null. */
export async function changeLogo(
  db: Db,
  { shopId, bytes, actor }: { shopId: ShopId; bytes: Uint8Array | null; actor: Actor },
): Promise<ChangeLogoOutcome> {
  let logoSha256: string | null = null;
  if (bytes) {
    const checked = checkLogo(bytes);
    if (checked.outcome === "refused") return checked;
    const kept = await saveLogo(db, shopId, bytes);
    if (kept.outcome === "refused") return kept;
    logoSha256 = kept.sha256;
  }
  // Nobody types a logo, so there is nothing to lose: the last one wins, whatever else was saved meanwhile.
  for (;;) {
    const { version, seller } = await withShop(db, shopId, (tx) => readInvoiceSettings(tx, shopId));
    const parts = { seller: { ...seller, logoSha256 } };
    const saved = await saveInvoiceSettings(db, { shopId, openedVersion: version, parts, actor });
    if (saved.outcome === "refused") return saved;
    if (saved.outcome !== "conflict") return { outcome: "saved" };
  }
}

/** The logo that documents are issued with from now on; null for none. */
export async function findCurrentLogo(db: Db, shopId: ShopId): Promise<Logo | null> {
  const { seller } = await withShop(db, shopId, (tx) => readInvoiceSettings(tx, shopId));
  return seller.logoSha256 ? findLogo(db, shopId, seller.logoSha256) : null;
}
