import type { SubjectName } from "../bulk/bulk-kind.ts";
import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** The numbers and buyers of documents, as the items of every bulk action on documents show them. */
export async function nameDocuments(
  tx: Tx,
  shopId: ShopId,
  ids: string[],
): Promise<Map<string, SubjectName>> {
  const rows = await tx.sql<{ id: string; number: string; buyer: string | null }[]>`
    select id, number, coalesce(buyer_name, buyer_email) as buyer from documents
    where shop_id = ${shopId} and id = any(${ids}::uuid[])`;
  return new Map(
    rows.map(({ id, number, buyer }) => [
      id,
      { name: number, detail: buyer ?? "", path: `/app/invoices/${id}` },
    ]),
  );
}
