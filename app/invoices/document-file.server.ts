import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** A document's stored PDF. @returns null for a document that is unknown, another shop's included */
export function readDocumentFile(
  db: Db,
  shopId: ShopId,
  documentId: string,
): Promise<{ name: string; bytes: Uint8Array; sha256: string } | null> {
  return withShop(db, shopId, async ({ sql }) => {
    const [row] = await sql<{ number: string; bytes: Buffer; sha256: string }[]>`
      select d.number, f.bytes, f.sha256 from documents d
      join document_files f on f.shop_id = d.shop_id and f.document_id = d.id
      where d.shop_id = ${shopId} and d.id = ${documentId}`;
    return row ? { name: `${row.number}.pdf`, bytes: row.bytes, sha256: row.sha256 } : null;
  });
}
