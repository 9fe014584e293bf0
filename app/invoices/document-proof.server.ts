import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Whether a document still is what the database sealed at issue. */
export interface DocumentProof {
  /** What it says gives its hash. */
  isSealed: boolean;
  /** The document before it in its series is the one its hash covers. */
  isChained: boolean;
}

/**
 * Works out one document's hash anew and holds it against the stored one, and its link to the document before it
 * (docs/decisions/0016). The whole chain is walked by `npm run invoices:verify`.
 */
export function proveDocument(db: Db, shopId: ShopId, documentId: string): Promise<DocumentProof | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<DocumentProof[]>`
      select d.hash = document_hash(d) as "isSealed", d.previous_hash = coalesce(before.hash, '') as "isChained"
      from documents d
      left join documents before on before.shop_id = d.shop_id and before.series_id = d.series_id
        and before.sequence = d.sequence - 1
      where d.shop_id = ${shopId} and d.id = ${documentId}`;
    return row ?? null;
  });
}
