import type postgres from "postgres";
import type { Tx } from "../db.server.ts";
import { currencyExponent } from "../money.ts";
import { integerBounds } from "./integer-bounds.ts";
import type { FieldMatch, Query, Term } from "./query.ts";
import type { SearchTable } from "./search-table.ts";

/** How a shop counts: where its day begins, and what an amount without a currency means. */
export interface ShopTerms {
  timeZone: string;
  currency: string;
}

type Condition = postgres.PendingQuery<postgres.Row[]>;

/**
 * Writes a query as conditions on a search table, to be joined by AND. Only operators that raise nothing for
 * any row are used, because the view's own condition does not keep them from other shops' rows (decision 0010).
 */
export function compileQuery(tx: Tx, table: SearchTable, query: Query, shop: ShopTerms): Condition[] {
  const currency = currencyOf(query) ?? shop.currency;
  return query.terms.map((term) => {
    const condition = compileTerm(tx, table, term, { ...shop, currency });
    return term.negated ? tx.sql`not (${condition})` : condition;
  });
}

/** Joins conditions for a WHERE. @returns `true` for none */
export function allOf(tx: Tx, conditions: Condition[]): Condition {
  return conditions.reduce((joined, one) => tx.sql`${joined} and ${one}`, tx.sql`true`);
}

function compileTerm({ sql }: Tx, table: SearchTable, term: Term, shop: ShopTerms): Condition {
  switch (term.kind) {
    case "word":
      return sql`words @@ search_prefix_query(null, ${term.value}::text)`;
    case "phrase":
      return sql`text like '%' || search_like_pattern(${term.value}::text) || '%'`;
    case "name":
      return sql`words @@ search_exact_query('name', ${[term.value]}::text[])`;
    case "field":
      return compileField({ sql }, table, term.field, term.match, shop);
  }
}

function compileField(
  { sql }: Pick<Tx, "sql">,
  table: SearchTable,
  field: string,
  match: FieldMatch,
  shop: ShopTerms,
): Condition {
  switch (match.type) {
    case "keywords":
      return sql`words @@ search_exact_query(${field}::text, ${match.values}::text[])`;
    case "words":
      return sql`words @@ search_prefix_query(${field}::text, ${match.value}::text)`;
    case "flag": {
      const counted = table.countFlags?.[field];
      return counted
        ? sql`${sql(counted)} > 0`
        : sql`words @@ search_exact_query('flag', ${[field]}::text[])`;
    }
    case "number":
      return compileNumber({ sql }, table, field, match, shop);
    case "day": {
      const calendar = table.calendarDays?.[field];
      return calendar
        ? compileCalendarDays({ sql }, calendar, match)
        : compileDays({ sql }, known(table.days, field), match, shop);
    }
  }
}

/**
 * What a query says about one column alone: bounds that hold for every row it matches. Walking an index of that
 * column needs to look at nothing else.
 */
export function compileBounds(
  tx: Tx,
  table: SearchTable,
  query: Query,
  column: string,
  shop: ShopTerms,
): Condition[] {
  const currency = currencyOf(query) ?? shop.currency;
  return query.terms.flatMap((term) => {
    if (term.kind !== "field" || term.negated) return [];
    const { field, match } = term;
    if (match.type === "day" && table.days[field] === column) return [compileDays(tx, column, match, shop)];
    if (match.type === "day" && table.calendarDays?.[field] === column)
      return [compileCalendarDays(tx, column, match)];
    if (match.type === "number" && table.numbers[field]?.column === column)
      return [compileRange(tx, known(table.numbers, field), match, currency)];
    return [];
  });
}

function compileDays(
  { sql }: Pick<Tx, "sql">,
  name: string,
  match: Extract<FieldMatch, { type: "day" }>,
  { timeZone }: ShopTerms,
): Condition {
  const column = sql(name);
  const from = match.from
    ? sql`${column} >= (${match.from}::date::timestamp at time zone ${timeZone})`
    : // What has never happened was not before any day.
      sql`${column} > '-infinity'`;
  const to = match.to && sql`${column} < ((${match.to}::date + 1)::timestamp at time zone ${timeZone})`;
  return between({ sql }, from, to);
}

/** What has no day is on none, and not after any. */
function compileCalendarDays(
  { sql }: Pick<Tx, "sql">,
  name: string,
  { from, to }: Extract<FieldMatch, { type: "day" }>,
): Condition {
  const column = sql(name);
  return between(
    { sql },
    from && sql`${column} >= ${from}::date`,
    to ? sql`${column} <= ${to}::date` : sql`${column} < 'infinity'`,
  );
}

function compileNumber(
  { sql }: Pick<Tx, "sql">,
  table: SearchTable,
  field: string,
  match: NumberMatch,
  { currency }: ShopTerms,
): Condition {
  const number = known(table.numbers, field);
  const condition = compileRange({ sql }, number, match, currency);
  return number.money?.currencyColumn
    ? sql`(${condition} and ${sql(number.money.currencyColumn)} = ${currency})`
    : condition;
}

type NumberMatch = Extract<FieldMatch, { type: "number" }>;

function compileRange(
  { sql }: Pick<Tx, "sql">,
  { column, type, money }: SearchTable["numbers"][string],
  match: NumberMatch,
  currency: string,
): Condition {
  const { lower, upper } = integerBounds(match, money ? currencyExponent(currency) : 0);
  const bound = (value: bigint | null) => value !== null && clampTo(value, type).toString();
  const [from, to] = [bound(lower), bound(upper)];
  return between(
    { sql },
    from && sql`${sql(column)} >= ${from}::bigint`,
    to && sql`${sql(column)} <= ${to}::bigint`,
  );
}

/** Whole numbers outside the column's type match nothing or everything, like the nearest one inside it. */
function clampTo(value: bigint, type: "bigint" | "integer"): bigint {
  return type === "bigint"
    ? BigInt.asIntN(64, min(max(value, -(2n ** 62n)), 2n ** 62n))
    : min(max(value, -(2n ** 40n)), 2n ** 40n);
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
const max = (a: bigint, b: bigint) => (a > b ? a : b);

function between(
  { sql }: Pick<Tx, "sql">,
  from: Condition | false | null | "",
  to: Condition | false | null | "",
): Condition {
  if (from && to) return sql`(${from} and ${to})`;
  return from || to || sql`true`;
}

/** The field's entry of a table's columns. The parser lets no other name through, so a miss is our mistake. */
function known<Entry>(entries: Record<string, Entry>, field: string): Entry {
  const entry = entries[field];
  if (entry === undefined) throw new Error(`no column stands behind the field ${field}`);
  return entry;
}

/** The currency that a query names beside its amounts. */
function currencyOf({ terms }: Query): string | null {
  for (const term of terms) {
    if (term.kind !== "field" || term.field !== "currency" || term.negated) continue;
    if (term.match.type === "keywords" && term.match.values.length === 1)
      return term.match.values[0]?.toUpperCase() ?? null;
  }
  return null;
}
