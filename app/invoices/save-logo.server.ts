import { createHash } from "node:crypto";
import { type Db, withShop } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { checkLogo } from "./check-logo.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import { saveInvoiceSettings } from "./save-settings.server.ts";

export type SaveLogoOutcome = { outcome: "saved" } | { outcome: "refused"; reason: string };

/**
 * Makes a picture the shop's logo, or takes it off with null. Pictures stay under their hash, because issued
 * documents show them.
 */
export async function saveLogo(
  db: Db,
  { shopId, bytes, actor }: { shopId: ShopId; bytes: Uint8Array | null; actor: Actor },
): Promise<SaveLogoOutcome> {
  let logoSha256: string | null = null;
  if (bytes) {
    const checked = checkLogo(bytes);
    if (checked.outcome === "refused") return checked;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    logoSha256 = sha256;
    await withShop(
      db,
      shopId,
      (tx) => tx.sql`
        insert into invoice_logos (shop_id, sha256, media_type, bytes)
        values (${shopId}, ${sha256}, ${checked.mediaType}, ${Buffer.from(bytes)})
        on conflict (shop_id, sha256) do nothing`,
    );
  }
  // Nobody types a logo, so there is nothing to lose: the last one wins, whatever else was saved meanwhile.
  for (;;) {
    const { version, seller } = await withShop(db, shopId, (tx) => readInvoiceSettings(tx, shopId));
    const saved = await saveInvoiceSettings(db, {
      shopId,
      part: "seller",
      value: { ...seller, logoSha256 },
      openedVersion: version,
      actor,
    });
    if (saved.outcome !== "conflict") return { outcome: "saved" };
  }
}

/** A logo's bytes and media type; null when the shop has no such picture. */
export function findLogo(
  db: Db,
  shopId: ShopId,
  sha256: string,
): Promise<{ bytes: Uint8Array; mediaType: string } | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<{ bytes: Buffer; media_type: string }[]>`
      select bytes, media_type from invoice_logos where shop_id = ${shopId} and sha256 = ${sha256}`;
    return row ? { bytes: row.bytes, mediaType: row.media_type } : null;
  });
}

/** The logo that documents are issued with from now on. */
export async function findCurrentLogo(
  db: Db,
  shopId: ShopId,
): Promise<{ bytes: Uint8Array; mediaType: string } | null> {
  const { seller } = await withShop(db, shopId, (tx) => readInvoiceSettings(tx, shopId));
  return seller.logoSha256 ? findLogo(db, shopId, seller.logoSha256) : null;
}
