import type postgres from "postgres";
import type { FieldMatch, Query, Term } from "../../app/search/query.ts";

/**
 * What a query means, in plain SQL over orders, lines and customers: slow, and written without the search's own
 * functions, tokens, words and keys, so that a mistake in them cannot hide here.
 */
export interface OracleShop {
  id: string;
  timeZone: string;
  currency: string;
}

type Condition = postgres.PendingQuery<postgres.Row[]>;

/** Text as it is compared: without accents, in lower case. */
export const plainFunction = `
  create or replace function plain(given text) returns text language sql immutable
    return lower(regexp_replace(normalize(given, nfkd), '[\\u0300-\\u036f]', '', 'g'));`;

/** Everything a query may ask about, a row for each order that is not deleted, as a table of its own. */
export async function layOutFacts(sql: postgres.Sql, { id, timeZone }: OracleShop): Promise<void> {
  await sql`select set_config('app.shop_id', ${id}, false)`;
  await sql.unsafe(`${plainFunction} drop table if exists facts`);
  await sql.unsafe(`
    create table facts as
    select o.*, c.shopify_customer_id,
      (o.created_at at time zone '${timeZone}')::date as created_on,
      (o.updated_at at time zone '${timeZone}')::date as updated_on,
      plain(concat_ws(' ', o.customer_name, o.email)) as who, plain(coalesce(o.email, '')) as mail,
      plain(l.items) as items, plain(l.skus) as skus, plain(coalesce(o.note, '')) as note_text,
      plain(concat_ws(' ', o.tracking_company, o.tracking_number)) as tracking,
      array(select plain(tag) from unnest(o.tags) tag) as plain_tags,
      plain(concat_ws(E'\\n', o.name, concat_ws(' ', o.customer_name, o.email),
        concat_ws(' ', o.tracking_company, o.tracking_number), array_to_string(o.tags, E'\\n'),
        o.shipping_address->>'name', o.shipping_address->>'company', o.shipping_address->>'address1',
        o.shipping_address->>'zip', o.shipping_address->>'city', o.shipping_address->>'phone', l.lines, o.note)) as everything,
      left(plain(coalesce(o.customer_name, o.email, '')), 100) collate "C" as customer_key
    from orders o
    left join customers c on c.shop_id = o.shop_id and c.id = o.customer_id
    left join lateral (
      select string_agg(concat_ws(' ', title, variant_title), E'\\n') as items, string_agg(sku, ' ') as skus,
        string_agg(concat(title, ' ', variant_title, ' ', sku), E'\\n' order by position) as lines
      from order_lines l where l.shop_id = o.shop_id and l.order_id = o.id) l on true
    where o.shop_id = '${id}' and o.deleted_at is null`);
}

/** The ids of the orders that fulfil a query, in the order of their ids. */
export async function askOracle(sql: postgres.Sql, query: Query, shop: OracleShop): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from facts where ${oracleFilter(sql, query, shop)} order by id`;
  return rows.map(({ id }) => id);
}

export function oracleFilter(sql: postgres.Sql, query: Query, shop: OracleShop): Condition {
  const named = query.terms.flatMap((term) =>
    term.kind === "field" && term.field === "currency" && !term.negated && term.match.type === "keywords"
      ? [term.match.values]
      : [],
  )[0];
  const currency = named?.length === 1 ? (named[0] ?? "").toUpperCase() : shop.currency;
  return query.terms.reduce<Condition>((all, term) => {
    const one = oracleTerm(sql, term, currency);
    return term.negated
      ? sql`${all} and not coalesce(${one}, false)`
      : sql`${all} and coalesce(${one}, false)`;
  }, sql`true`);
}

function oracleTerm(sql: postgres.Sql, term: Term, currency: string): Condition {
  switch (term.kind) {
    case "word":
      return wordsBegin(sql, "everything", term.value);
    case "phrase":
      return sql`strpos(everything, plain(${term.value})) > 0`;
    case "name":
      return sql`plain(ltrim(name, '#')) = plain(${term.value})`;
    case "field":
      return oracleField(sql, term.field, term.match, currency);
  }
}

/** What stands between words. */
const gap =
  "[\\s\\u00a0\\u3000!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~\\u00a1\\u00ab\\u00b7\\u00bb\\u00bf\\u2010-\\u2014\\u2018\\u2019\\u201c-\\u201e\\u2022\\u2026\\u3001\\u3002\\u300c\\u300d\\u30fb]";

/** Each word of the value stands at the beginning of a word of the column. */
export function wordsBegin(sql: postgres.Sql, column: string, value: string): Condition {
  return sql`(select coalesce(bool_and(${sql(column)} ~ ('(^|' || ${gap}::text || ')' || word)), false)
              from regexp_split_to_table(plain(${value}), ${gap}::text || '+') word where word <> '')`;
}

const wordColumns: Record<string, string> = {
  customer: "who",
  email: "mail",
  item: "items",
  sku: "skus",
  tracking: "tracking",
  note: "note_text",
};

function oracleField(sql: postgres.Sql, field: string, match: FieldMatch, currency: string): Condition {
  switch (match.type) {
    case "words":
      return wordsBegin(sql, wordColumns[field] ?? "", match.value);
    case "keywords":
      return oracleKeywords(sql, field, match.values);
    case "flag":
      return oracleFlag(sql, field);
    case "day": {
      const day = sql(`${field}_on`);
      return sql`(${day} >= coalesce(${match.from}::text::date, '-infinity') and ${day} <= coalesce(${match.to}::text::date, 'infinity'))`;
    }
    case "number": {
      const { from, to, fromOpen, toOpen } = match;
      const decimals = { JPY: 0, KWD: 3 }[currency] ?? 2;
      const value =
        field === "total"
          ? sql`(total_minor / power(10::numeric, ${decimals}::int))`
          : sql`item_count::numeric`;
      const lower = from === null ? sql`true` : fromOpen ? sql`${value} > ${from}` : sql`${value} >= ${from}`;
      const upper = to === null ? sql`true` : toOpen ? sql`${value} < ${to}` : sql`${value} <= ${to}`;
      return field === "total"
        ? sql`(${lower} and ${upper} and currency = ${currency})`
        : sql`(${lower} and ${upper})`;
    }
  }
}

function oracleKeywords(sql: postgres.Sql, field: string, values: string[]): Condition {
  const given = sql`array(select plain(v) from unnest(${values}::text[]) v)`;
  switch (field) {
    case "status":
      return sql`lower(status) = any(${given})`;
    case "payment":
      return sql`coalesce(lower(financial_status), 'none') = any(${given})`;
    case "fulfillment":
      return sql`coalesce(lower(fulfillment_status), 'unfulfilled') = any(${given})`;
    case "tag":
      return sql`plain_tags && ${given}`;
    case "country":
      return sql`lower(shipping_address->>'countryCode') = any(${given})`;
    case "currency":
      return sql`lower(currency) = any(${given})`;
    case "source":
      return sql`plain(coalesce(source_name, 'none')) = any(${given})`;
    case "customer_id":
      return sql`shopify_customer_id::text = any(${given})`;
  }
  throw new Error(`the oracle knows no field ${field}`);
}

function oracleFlag(sql: postgres.Sql, flag: string): Condition {
  switch (flag) {
    case "test":
      return sql`test`;
    case "review":
      return sql`needs_review`;
    case "guest":
      return sql`customer_id is null`;
    case "active_shipment":
      return sql`(status = 'SHIPPED' and delivered_at is null)`;
    case "delivered":
      return sql`delivered_at is not null`;
    case "archived":
      return sql`closed_at is not null`;
    case "tracking":
      return sql`tracking_number is not null`;
    case "note":
      return sql`note is not null`;
    case "tag":
      return sql`cardinality(tags) > 0`;
  }
  throw new Error(`the oracle knows no flag ${flag}`);
}
