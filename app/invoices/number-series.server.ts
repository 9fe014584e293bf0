import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import {
  expandPrefix,
  formatNumber,
  type NumberPattern,
  nextSequence,
  type RunningSeries,
} from "./number-pattern.ts";
import type { InvoiceSettings } from "./settings.ts";
import type { RunningNumbers } from "./settings-numbering.tsx";
import { numberedKinds, type SettingsErrors } from "./settings-typed.ts";

/** The runs of numbers that have begun, by kind of document. */
export function listRunningSeries(db: Db, shopId: ShopId): Promise<RunningNumbers> {
  return withShop(db, shopId, (tx) => readRunningSeries(tx, shopId));
}

async function readRunningSeries(tx: Tx, shopId: ShopId): Promise<RunningNumbers> {
  const rows = await tx.sql<{ kind: string; year: number; last_sequence: string }[]>`
    select kind, year, last_sequence from number_series where shop_id = ${shopId} order by kind, year`;
  const of = (kind: string): RunningSeries[] =>
    rows
      .filter((row) => row.kind === kind)
      .map((row) => ({ year: row.year, lastSequence: row.last_sequence }));
  return { invoice: of("invoice"), credit_note: of("credit_note") };
}

/**
 * Holds a numbering against the documents there are: numbers that it would give from now on and that are given
 * already. The database would refuse to issue such a document, so the pattern is refused first.
 * @param year on the shop's calendar
 * @returns a sentence for each field to blame
 */
export function findRepeatedNumbers(
  db: Db,
  shopId: ShopId,
  numbering: InvoiceSettings["numbering"],
  year: number,
): Promise<SettingsErrors> {
  return withShop(db, shopId, async (tx) => {
    const series = await readRunningSeries(tx, shopId);
    const errors: SettingsErrors = {};
    for (const kind of numberedKinds) {
      const next = nextSequence(numbering[kind], series[kind], year);
      const last = await findLastLike(tx, shopId, { kind, pattern: numbering[kind], year, from: next });
      if (last === null) continue;
      const number = formatNumber(numbering[kind], year, last);
      const begun = series[kind].some((one) => one.year === (numbering[kind].yearly ? year : 0));
      errors[`${kind}.${begun ? "prefix" : "start"}`] = begun
        ? `${number} is issued already. Choose another prefix.`
        : `${number} is issued already. Start at ${last + 1n} or later, or choose another prefix.`;
    }
    return errors;
  });
}

/** The highest sequence of the pattern that is at least `from` and whose number is given already. */
async function findLastLike(
  tx: Tx,
  shopId: ShopId,
  { kind, pattern, year, from }: { kind: string; pattern: NumberPattern; year: number; from: bigint },
): Promise<bigint | null> {
  const prefix = expandPrefix(pattern.prefix, year);
  const [row] = await tx.sql<{ last: string | null }[]>`
    select max(digits::bigint)::text as last
    from (select substr(number, ${prefix.length + 1}) as digits
          from documents
          where shop_id = ${shopId} and kind = ${kind} and starts_with(number, ${prefix})) as numbers
    where digits ~ '^\\d{1,15}$' and digits::bigint >= ${from.toString()}::bigint
      and digits = lpad(digits::bigint::text, greatest(${pattern.padding}::int, length(digits::bigint::text)), '0')`;
  return row?.last ? BigInt(row.last) : null;
}
