import type { Db } from "../db.server.ts";
import { verifyDownload } from "../exports/download-token.server.ts";
import type { Shop, ShopId } from "../shops/shop.ts";
import { findShop } from "../shops/shops.server.ts";

interface RefusedLink {
  outcome: "refused";
  status: 404 | 410;
  sentence: string;
}

const noFile: RefusedLink = { outcome: "refused", status: 404, sentence: "There is no such file." };
const tooOld: RefusedLink = {
  outcome: "refused",
  status: 410,
  sentence: "This link was good for 15 minutes. Open the page that it stood on again: it has a new one.",
};

/**
 * Whose file a link asks for, by the token it carries: frames, pictures and downloads send no session.
 * @param fileId what the token must have been signed for
 */
export async function verifyFileLink(
  encryptionKey: Uint8Array,
  fileId: string,
  request: Request,
): Promise<{ outcome: "granted"; shopId: ShopId } | RefusedLink> {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const right = await verifyDownload(encryptionKey, fileId, token);
  switch (right.outcome) {
    case "granted":
      return right;
    case "expired":
      return tooOld;
    case "refused":
      return noFile;
  }
}

/** The same for what belongs to the shop as a whole: its token is signed for the shop's own id. */
export async function verifyShopLink(
  db: Db,
  encryptionKey: Uint8Array,
  request: Request,
): Promise<{ outcome: "granted"; shop: Shop } | RefusedLink> {
  const { searchParams } = new URL(request.url);
  const right = await verifyFileLink(encryptionKey, searchParams.get("for") ?? "", request);
  if (right.outcome === "refused") return right;
  const shop = right.shopId === searchParams.get("for") ? await findShop(db, right.shopId) : null;
  return shop ? { outcome: "granted", shop } : noFile;
}
