import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { monthOf, type Period } from "./accounting-period.ts";

/** What a period holds, in one currency. Amounts are minor units as text; credit notes count as taken off. */
export interface PeriodTotal {
  currency: string;
  invoices: number;
  creditNotes: number;
  netMinor: string;
  taxMinor: string;
  grossMinor: string;
}

/**
 * The month that the accountant is usually asked for: the last one that is over and has documents, else the present
 * one. @returns null when nothing was issued yet
 */
export function findLastMonth(
  db: Db,
  shopId: ShopId,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<Period | null> {
  const { from } = monthOf(today);
  return withShop(db, shopId, async (tx) => {
    // Each is the first entry of the index of what was issued, from the end.
    const [found] = await tx.sql<{ day: string | null }[]>`
      select coalesce(
        (select issued_on from documents where shop_id = ${shopId}
           and issued_at < (${from}::date)::timestamp at time zone ${timeZone} order by issued_at desc, id desc limit 1),
        (select issued_on from documents where shop_id = ${shopId} order by issued_at desc, id desc limit 1))::text as day`;
    return found?.day ? monthOf(found.day) : null;
  });
}

/** Sums the documents that were issued in a period, by currency. */
export function summarisePeriod(db: Db, shopId: ShopId, { from, to }: Period): Promise<PeriodTotal[]> {
  return withShop(db, shopId, async (tx) => [
    ...(await tx.sql<PeriodTotal[]>`
      select currency, count(*) filter (where kind = 'invoice')::int as invoices,
        count(*) filter (where kind = 'credit_note')::int as "creditNotes",
        sum(sign * net_minor)::text as "netMinor", sum(sign * tax_minor)::text as "taxMinor",
        sum(sign * gross_minor)::text as "grossMinor"
      from documents cross join lateral (select case kind when 'invoice' then 1 else -1 end) s (sign)
      where shop_id = ${shopId} and issued_on between ${from}::date and ${to}::date
      group by currency order by currency`),
  ]);
}
