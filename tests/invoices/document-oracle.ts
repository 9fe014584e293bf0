import type postgres from "postgres";
import type { FieldMatch, Query, Term } from "../../app/search/query.ts";
import { type OracleShop, plainFunction, wordsBegin } from "../search/order-oracle.ts";

type Condition = postgres.PendingQuery<postgres.Row[]>;

/** What a query may ask about documents, in plain SQL over what was frozen, without the search's own rows. */
export async function layOutDocuments(sql: postgres.Sql, { id }: OracleShop): Promise<void> {
  await sql`select set_config('app.shop_id', ${id}, false)`;
  await sql.unsafe(`${plainFunction} drop table if exists document_facts`);
  await sql.unsafe(`
    create table document_facts as
    select d.*, s.state, c.content->'order'->>'name' as order_name,
      plain(d.number || ' ' || d.sequence) as numbers, plain(c.content->'order'->>'name') as order_text,
      plain(concat_ws(' ', c.content->'buyer'->>'company', c.content->'buyer'->>'name')) as buyer,
      plain(coalesce(d.buyer_email, '')) as mail,
      case d.kind when 'invoice' then greatest(d.gross_minor - s.paid_minor - s.credited_minor, 0) else 0 end as open_minor,
      plain(concat_ws(E'\\n', d.number, c.content->'order'->>'name', c.content->'buyer'->>'company',
        c.content->'buyer'->>'name', d.buyer_email, c.content->'buyer'->>'vatId', c.content->'order'->>'purchaseOrder',
        c.content->'refersTo'->>'number')) as everything,
      left(plain(coalesce(d.buyer_name, d.buyer_email, '')), 100) collate "C" as buyer_key,
      (d.kind || ' ' || extract(year from d.issued_on)) collate "C" as series
    from documents d
    join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
    cross join lateral (select d.content::jsonb as content) c
    where d.shop_id = '${id}'`);
}

/** The ids of the documents that fulfil a query, in the order of their ids. */
export async function askDocumentOracle(
  sql: postgres.Sql,
  query: Query,
  shop: OracleShop,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from document_facts where ${documentFilter(sql, query, shop)} order by id`;
  return rows.map(({ id }) => id);
}

export function documentFilter(sql: postgres.Sql, { terms }: Query, shop: OracleShop): Condition {
  const named = terms.flatMap((term) =>
    term.kind === "field" && term.field === "currency" && !term.negated && term.match.type === "keywords"
      ? [term.match.values]
      : [],
  )[0];
  const currency = named?.length === 1 ? (named[0] ?? "").toUpperCase() : shop.currency;
  return terms.reduce<Condition>((all, term) => {
    const one = sql`coalesce(${oracleTerm(sql, term, currency)}, false)`;
    return term.negated ? sql`${all} and not ${one}` : sql`${all} and ${one}`;
  }, sql`true`);
}

function oracleTerm(sql: postgres.Sql, term: Term, currency: string): Condition {
  switch (term.kind) {
    case "word":
      return wordsBegin(sql, "everything", term.value);
    case "phrase":
      return sql`strpos(everything, plain(${term.value})) > 0`;
    case "name":
      return sql`plain(${term.value}) in (plain(number), plain(ltrim(order_name, '#')))`;
    case "field":
      return oracleField(sql, term.field, term.match, currency);
  }
}

const wordColumns: Record<string, string> = {
  number: "numbers",
  order: "order_text",
  buyer: "buyer",
  email: "mail",
};

function oracleField(sql: postgres.Sql, field: string, match: FieldMatch, currency: string): Condition {
  switch (match.type) {
    case "words":
      return wordsBegin(sql, wordColumns[field] ?? "", match.value);
    case "keywords":
      return sql`lower(${sql(keywordColumns[field] ?? field)}) = any(${match.values}::text[])`;
    case "flag":
      return field === "open" ? sql`open_minor > 0` : sql`buyer_email is not null`;
    case "day": {
      const day = sql(`${field}_on`);
      // A null, which is no day, fulfils no range.
      return sql`(${day} >= coalesce(${match.from}::text::date, '-infinity') and ${day} <= coalesce(${match.to}::text::date, 'infinity'))`;
    }
    case "number": {
      const { from, to, fromOpen, toOpen } = match;
      const value = sql`(gross_minor / power(10::numeric, ${{ JPY: 0, KWD: 3 }[currency] ?? 2}::int))`;
      const lower = from === null ? sql`true` : fromOpen ? sql`${value} > ${from}` : sql`${value} >= ${from}`;
      const upper = to === null ? sql`true` : toOpen ? sql`${value} < ${to}` : sql`${value} <= ${to}`;
      return sql`(${lower} and ${upper} and currency = ${currency})`;
    }
  }
}

const keywordColumns: Record<string, string> = { status: "state", country: "buyer_country" };
