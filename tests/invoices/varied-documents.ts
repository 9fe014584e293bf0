import type postgres from "postgres";
import { withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import type { AppContext } from "../support/app-context.ts";
import { shopWithInvoices } from "../support/invoices.ts";
import { asSuperuserInShop } from "../support/superuser.ts";

/** Documents that one transaction inserts: the rows of a series leave a version behind for each of them. */
const chunkSize = 1_000;

/**
 * A shop with so many documents of two years, of all kinds, currencies, buyers and states, inserted past the app and
 * through the database's triggers.
 */
export async function shopWithVariedDocuments(context: AppContext, count: number): Promise<ShopId> {
  const shopId = await shopWithInvoices(context, 1);
  for (let first = 1; first <= count; first += chunkSize) {
    const last = Math.min(count, first + chunkSize - 1);
    const rows = await asSuperuserInShop(context, shopId, (sql) =>
      insertDocuments(sql, shopId, { first, last, count }),
    );
    const ids = rows.map(({ id }) => id);
    await withShop(context.db, shopId, (tx) => insertStates(tx, ids));
  }
  return shopId;
}

type Tx = Parameters<Parameters<typeof withShop>[2]>[0];

function insertDocuments(
  sql: postgres.Sql,
  shopId: ShopId,
  { first, last, count }: { first: number; last: number; count: number },
) {
  return sql<{ id: string }[]>`
    insert into documents
    select r.*
    from generate_series(${first}::int, ${last}::int) n
    cross join (select * from documents where shop_id = ${shopId} limit 1) d
    cross join lateral (select
      case when n % 7 = 0 then 'credit_note' else 'invoice' end as kind,
      (array['EUR', 'EUR', 'EUR', 'USD', 'JPY', 'KWD'])[n % 6 + 1] as currency,
      (n::bigint * 7919) % 25000 as gross, (n::bigint * 7919) % 25000 / 6 as tax,
      (array['Zoé Müller', 'Anna Berg', 'O''Hara & Sons', '森 花子', 'Åsa Öberg', null])[n % 41 % 6 + 1] as name,
      case when n % 9 = 0 then (array['Linen & Co. KG', 'Straße 5 GmbH', 'Café "Noir"'])[n % 4 % 3 + 1] end as company,
      case when n % 10 > 0 then 'buyer' || n % 50 || '@example.com' end as email,
      (array['DE', 'AT', 'FR', null])[n % 4 + 1] as country) x
    cross join lateral (select jsonb_build_object('netMinor', (gross - tax)::text, 'taxMinor', tax::text,
      'grossMinor', gross::text) as said) y
    cross join lateral jsonb_populate_record(null::documents, to_jsonb(d) || jsonb_build_object('id', gen_random_uuid(), 'kind', x.kind, 'currency', x.currency,
      'net_minor', gross - tax, 'tax_minor', tax, 'gross_minor', gross,
      'shop_net_minor', gross - tax, 'shop_tax_minor', tax, 'shop_gross_minor', gross,
      'issued_at', '2024-01-01T12:00:00Z'::timestamptz + n * interval '1 day' * (730.0 / ${count}),
      'buyer_name', coalesce(company, name), 'buyer_email', email, 'buyer_country', country,
      'content', (d.content::jsonb || jsonb_build_object('kind', x.kind, 'currency', x.currency,
        'totals', said, 'shopTotals', said,
        'buyer', (d.content::jsonb->'buyer') || jsonb_build_object('name', name, 'company', company, 'email', email,
          'vatId', case when company is not null then 'DE' || (100000 + n) end),
        'order', (d.content::jsonb->'order') || jsonb_build_object('name', '#' || (1000 + n),
          'purchaseOrder', case when n % 17 = 0 then 'PO 77/' || n end),
        'refersTo', case when x.kind = 'credit_note' then jsonb_build_object('number', 'OLD-' || n, 'issuedOn', '2024-01-01') end,
        'termsDays', case when n % 5 > 0 then n % 30 end))::text)) r
    returning id`;
}

/** A part of them as issued at first and changed afterwards, as the app does it. */
async function insertStates({ sql }: Tx, ids: string[]) {
  await sql`
    insert into document_states (shop_id, document_id, state)
    select shop_id, id, 'issued' from documents where id = any(${ids}::uuid[])`;
  await sql`
    update document_states s set state = x.state, version = s.version + 1,
      paid_minor = case x.state when 'paid' then gross_minor when 'partly_paid' then gross_minor / 2 else 0 end,
      credited_minor = case x.state when 'credited' then gross_minor else 0 end
    from documents d
    cross join lateral (select (array['issued', 'partly_paid', 'paid', 'overdue', 'credited'])[d.sequence % 5 + 1] as state) x
    where d.id = any(${ids}::uuid[]) and d.shop_id = s.shop_id and d.id = s.document_id and s.version = 1 and d.kind = 'invoice' and d.sequence % 5 > 0`;
}
