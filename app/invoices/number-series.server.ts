import { type Db, withShop } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";
import type { RunningNumbers } from "./running-series.ts";

/** The runs of numbers that have begun, by kind of document. */
export function listRunningSeries(db: Db, shopId: ShopId): Promise<RunningNumbers> {
  return withShop(db, shopId, async (tx) => {
    const rows = await tx.sql<{ kind: DocumentKind; year: number; last: string }[]>`
      select kind, year, last_sequence as last from number_series where shop_id = ${shopId} order by kind, year`;
    const of = (kind: DocumentKind) =>
      rows.filter((row) => row.kind === kind).map(({ year, last }) => ({ year, lastSequence: Number(last) }));
    return { invoice: of("invoice"), credit_note: of("credit_note") };
  });
}
