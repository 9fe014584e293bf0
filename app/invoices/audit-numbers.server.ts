import { type Db, withShopSnapshot } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";

/** A series of numbers and what an auditor looks for in it. */
export interface AuditedSeries {
  id: string;
  kind: DocumentKind;
  /** Null for a series that never starts again. */
  year: number | null;
  firstNumber: string | null;
  lastNumber: string | null;
  count: number;
}

export interface NumberFinding {
  seriesId: string;
  kind: DocumentKind;
  year: number | null;
  problem: "missing" | "duplicate" | "out_of_order";
  /** The number of the document where it shows; for missing ones the document after the gap, null at the end. */
  number: string | null;
  /** In a sentence. */
  detail: string;
}

export interface NumberAudit {
  series: AuditedSeries[];
  /** Always none: the database gives the numbers. At most 1,000. */
  findings: NumberFinding[];
  /** ISO 8601. */
  auditedAt: string;
}

/**
 * Looks through every series of the shop for numbers that are missing, given twice or out of order. One pass over the
 * documents in the order of their sequences, in the database.
 */
export function auditNumbers(db: Db, shopId: ShopId): Promise<NumberAudit> {
  return withShopSnapshot(db, shopId, async (tx) => {
    const series = await tx.sql<AuditedSeries[]>`
      select s.id, s.kind, nullif(s.year, 0) as year, min(d.number) filter (where d.sequence = s.first_sequence) as "firstNumber",
        min(d.number) filter (where d.sequence = s.last_sequence) as "lastNumber", count(d.id)::int as count
      from number_series s left join documents d on d.shop_id = s.shop_id and d.series_id = s.id
      where s.shop_id = ${shopId} group by s.shop_id, s.id order by s.kind desc, s.year`;
    const findings = await tx.sql<NumberFinding[]>`
      with walked as (
        select series_id, sequence, number, issued_at,
          lag(sequence) over w as before, lag(issued_at) over w as issued_before,
          row_number() over (partition by kind, number order by sequence) as copy
        from documents where shop_id = ${shopId}
        window w as (partition by series_id order by sequence)
      ), found as (
        select s.id as series_id, 'missing' as problem, d.number, d.sequence,
          format('%s to %s are missing before it.', coalesce(d.before, s.first_sequence - 1) + 1, d.sequence - 1) as detail
        from walked d join number_series s on s.shop_id = ${shopId} and s.id = d.series_id
        where d.sequence > coalesce(d.before, s.first_sequence - 1) + 1
        union all
        select s.id, 'missing', null, s.last_sequence, format('The series ends at %s, the documents at %s.', s.last_sequence,
          coalesce(max(d.sequence), s.first_sequence - 1))
        from number_series s left join walked d on d.series_id = s.id where s.shop_id = ${shopId}
        group by s.id, s.last_sequence, s.first_sequence
        having coalesce(max(d.sequence), s.first_sequence - 1) <> s.last_sequence
        union all
        select series_id, 'duplicate', number, sequence, 'The same number was given before.'
        from walked where copy > 1 or sequence = before
        union all
        select series_id, 'out_of_order', number, sequence, 'It was issued before the document whose number it follows.'
        from walked where issued_at < issued_before
      )
      select f.series_id as "seriesId", s.kind, nullif(s.year, 0) as year, f.problem, f.number, f.detail
      from found f join number_series s on s.shop_id = ${shopId} and s.id = f.series_id
      order by s.kind desc, s.year, f.sequence limit 1000`;
    return { series: [...series], findings: [...findings], auditedAt: new Date().toISOString() };
  });
}
