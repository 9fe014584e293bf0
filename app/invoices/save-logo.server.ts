import { createHash } from "node:crypto";
import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Enough for print at the size a logo has on a page. */
export const maxLogoBytes = 512 * 1024;

export interface Logo {
  mediaType: "image/png" | "image/jpeg";
  bytes: Uint8Array;
}

export type SaveLogoOutcome = { outcome: "saved"; sha256: string } | { outcome: "refused"; reason: string };

/**
 * Keeps a picture for the shop's documents under the hash of its bytes; the seller's settings then name the hash. The
 * bytes decide what it is, not what the browser calls it.
 */
export async function saveLogo(db: Db, shopId: ShopId, bytes: Uint8Array): Promise<SaveLogoOutcome> {
  if (bytes.byteLength > maxLogoBytes)
    return { outcome: "refused", reason: "The logo is larger than 512 KB. Make it smaller." };
  const mediaType = readMediaType(bytes);
  if (!mediaType) return { outcome: "refused", reason: "The logo is neither a PNG nor a JPEG picture." };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await withShop(
    db,
    shopId,
    (tx) => tx.sql`
      insert into invoice_logos (shop_id, sha256, media_type, bytes)
      values (${shopId}, ${sha256}, ${mediaType}, ${Buffer.from(bytes)}) on conflict do nothing`,
  );
  return { outcome: "saved", sha256 };
}

/** @returns null for a logo that this shop does not have */
export function findLogo(db: Db, shopId: ShopId, sha256: string): Promise<Logo | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<Logo[]>`
      select media_type as "mediaType", bytes from invoice_logos where shop_id = ${shopId} and sha256 = ${sha256}`;
    return row ?? null;
  });
}

const signatures: [Logo["mediaType"], number[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

const readMediaType = (bytes: Uint8Array) =>
  signatures.find(([, signature]) => signature.every((byte, place) => bytes[place] === byte))?.[0] ?? null;
