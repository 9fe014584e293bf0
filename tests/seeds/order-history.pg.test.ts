import { beforeAll, describe, expect, test } from "vitest";
import { type Tx, withShop } from "../../app/db.server.ts";
import { isAllowedMove, mapStatus, type OrderStatus } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { searchIndexes } from "../../drizzle/seeds/search-indexes.ts";
import { listWrongTimes } from "../dashboard/plain-figures.ts";
import { createShop, openAppContext } from "../support/app-context.ts";

const context = openAppContext();
const until = new Date("2026-11-20T15:00:00Z");
let shopId: ShopId;
let domain: string;

const ask = <Row extends object>(statement: (sql: Tx["sql"]) => Promise<Row[]>, shop = shopId) =>
  withShop(context.db, shop, async (tx) => [...(await statement(tx.sql))]);

beforeAll(async () => {
  ({ shopId, domain } = await createShop(context.db));
  const given = { databaseUrl: context.url, domain, until };
  await seedOrderHistory({ ...given, orders: 6_000 });
  await seedOrderHistory({ ...given, orders: 500 });
}, 60_000);

describe("a seeded history", () => {
  test("has as many orders as asked for, those of a second run on top, each with a name of its own", async () => {
    const [row] = await ask(
      (sql) => sql<{ orders: string; names: string }[]>`
        select count(*) as orders, count(distinct name) as names from orders where shop_id = ${shopId}`,
    );
    expect(row).toEqual({ orders: "6500", names: "6500" });
  });

  test("has everything that happens to orders", async () => {
    const [row] = await ask(
      (sql) => sql`
        select count(distinct status)::int as statuses, count(distinct currency)::int as currencies,
          bool_or(currency = 'JPY') and bool_or(currency = 'KWD') as odd_exponents,
          avg((customer_id is null)::int)::float as guests, bool_or(test) as tests, bool_or(needs_review) as reviews,
          bool_or(closed_at is not null) as archived, bool_or(total_minor < ordered_total_minor and total_minor > 0) as refunds,
          bool_or(length(note) > 1000) as long_notes, bool_or(note ~ '[ء-ي]') as rtl_notes,
          bool_or(note like '%🐕%') as emoji, bool_or(delivered_at is null and status = 'SHIPPED') as under_way,
          bool_or(tags @> '{"チェック済み"}') as unicode_tags
        from orders where shop_id = ${shopId}`,
    );
    expect(row).toMatchObject({
      statuses: 4,
      odd_exponents: true,
      tests: true,
      reviews: true,
      archived: true,
      refunds: true,
      long_notes: true,
      rtl_notes: true,
      emoji: true,
      under_way: true,
      unicode_tags: true,
    });
    expect(row?.guests).toBeGreaterThan(0.07);
    expect(row?.guests).toBeLessThan(0.13);
  });

  test("has exactly one timeline row for each version, in the order of time", async () => {
    const wrong = await ask(
      (sql) => sql`
        select o.name from orders o left join (
          select order_id, count(*) as rows, min(version) as first, max(version) as last,
            array_agg(created_at order by version) = array_agg(created_at order by created_at) as rising
          from order_events where shop_id = ${shopId} group by 1) e on e.order_id = o.id
        where (e.rows, e.first, e.last, e.rising) is distinct from (o.version::bigint, 1, o.version, true)`,
    );
    expect(wrong).toEqual([]);
  });

  test("has the times that its shipments say, and shipments under way", async () => {
    expect(await listWrongTimes(context.db, shopId)).toEqual([]);
    const [row] = await ask(
      (sql) => sql`
        select bool_or(delivered_at is null) as under_way, bool_and(delivered_by_event = (delivered_at is not null)) as told
        from order_shipments`,
    );
    expect(row).toEqual({ under_way: true, told: true });
  });

  test("has the status that Shopify's words mean, unless a merchant has moved it", async () => {
    const orders = await ask(
      (sql) => sql<
        {
          status: OrderStatus;
          shopify: OrderStatus;
          cancelledAt: string | null;
          fulfillmentStatus: string | null;
          financialStatus: string | null;
          edited: boolean;
        }[]
      >`
        select status, shopify_values->>'status' as shopify, cancelled_at as "cancelledAt",
          fulfillment_status as "fulfillmentStatus", financial_status as "financialStatus",
          exists (select from order_events e where e.shop_id = o.shop_id and e.order_id = o.id
                  and e.actor_kind = 'merchant' and e.changes ? 'status') as edited
        from orders o where shop_id = ${shopId}`,
    );
    for (const order of orders) {
      expect(order.shopify).toBe(mapStatus(order));
      if (order.edited) expect(isAllowedMove(order.shopify, order.status)).toBe(true);
      else expect(order.status).toBe(order.shopify);
    }
    expect(orders.some(({ edited }) => edited)).toBe(true);
  });

  test("keeps the sums of its lines", async () => {
    const wrong = await ask(
      (sql) => sql`
        select o.name from orders o join (
          select order_id, sum(current_quantity) as pieces,
            sum(unit_price_minor * current_quantity - discount_minor / quantity * current_quantity) as goods,
            string_agg(concat_ws(E'\t', title, coalesce(variant_title, ''), sku), E'\n' order by position) as items
          from order_lines where shop_id = ${shopId} group by 1) l on l.order_id = o.id
        where (o.item_count::bigint, o.subtotal_minor, o.items_text) is distinct from (l.pieces, l.goods::bigint, l.items)
          or o.total_minor > o.ordered_total_minor or o.total_minor < 0`,
    );
    expect(wrong).toEqual([]);
  });

  test("moves through time forwards, and its ids with it", async () => {
    const [row] = await ask(
      (sql) => sql`
        select bool_and(created_at <= ${until.toISOString()} and coalesce(shipped_at, created_at) >= created_at
            and coalesce(delivered_at, updated_at) >= coalesce(shipped_at, created_at) and updated_at <= ${until.toISOString()}) as sane,
          (select array_agg(id order by id) = array_agg(id order by created_at, id) from orders
           where shop_id = ${shopId}) as rising
        from orders where shop_id = ${shopId}`,
    );
    expect(row).toEqual({ sane: true, rising: true });
  });
});

describe("what is kept beside the orders", () => {
  test("search rows, customers' counts and figures are those of a rebuilt desk", async () => {
    const read = () =>
      withShop(context.db, shopId, async ({ sql }) => ({
        search: [...(await sql`select md5(t::text) from desk_orders t order by 1`)],
        customers: [...(await sql`select md5(t::text) from desk_customers t order by 1`)],
        figures: [
          ...(await sql`
            select day, currency, status, test, orders, total_minor, needs_review, undelivered, delivered, delivery_seconds,
              shipped, ship_seconds from order_figures where shop_id = ${shopId} order by 1, 2, 3, 4`),
        ],
        open: [...(await sql`select id from order_figure_changes where shop_id = ${shopId}`)],
      }));
    const kept = await read();
    expect(kept.open).toEqual([]);
    expect(kept.search).toHaveLength(6_500);
    await withShop(context.db, shopId, ({ sql }) => sql`select rebuild_desk()`);
    expect(await read()).toEqual(kept);
  });

  test("figures and customers' counts equal plain SQL", async () => {
    const [figures] = await ask(
      (sql) => sql`
        select (select sum(orders) from order_figures where shop_id = ${shopId} and not test)::text as orders,
          (select count(*) from orders where shop_id = ${shopId} and not test)::text as plain_orders,
          (select sum(total_minor) from order_figures where shop_id = ${shopId} and not test and status <> 'CANCELLED'
            and currency = 'EUR')::text as revenue,
          (select sum(total_minor) from orders where shop_id = ${shopId} and not test and status <> 'CANCELLED'
            and currency = 'EUR')::text as plain_revenue`,
    );
    expect(figures?.orders).toBe(figures?.plain_orders);
    expect(figures?.revenue).toBe(figures?.plain_revenue);
    const wrong = await ask(
      (sql) => sql`
        select c.customer_id from desk_customers c left join (
          select customer_id, count(*)::int as orders,
            coalesce(sum(total_minor) filter (where status <> 'CANCELLED' and currency = 'EUR'), 0)::bigint as spent
          from orders where shop_id = ${shopId} and not test group by 1) o on o.customer_id = c.customer_id
        where (c.order_count, c.spent_minor) is distinct from (coalesce(o.orders, 0), coalesce(o.spent, 0))`,
    );
    expect(wrong).toEqual([]);
  });
});

test("the same seed makes the same history", async () => {
  const twins = [await createShop(context.db), await createShop(context.db)];
  for (const twin of twins)
    await seedOrderHistory({ databaseUrl: context.url, domain: twin.domain, until, orders: 300, seed: 7 });
  const [one, other] = await Promise.all(
    twins.map((twin) =>
      ask((sql) => sql`select to_jsonb(o) - 'shop_id' as o from orders o order by id`, twin.shopId),
    ),
  );
  expect(one).toHaveLength(300);
  expect(other).toEqual(one);
});

test("a large load builds the search indexes anew, as they were, and no other shop loses an order", async () => {
  const names = searchIndexes.map(([name]) => name);
  const definitions = () =>
    ask((sql) => sql`select indexname, indexdef from pg_indexes where indexname = any(${names}) order by 1`);
  const before = await definitions();
  expect(before).toHaveLength(4);
  const large = await createShop(context.db);
  await seedOrderHistory({
    databaseUrl: context.url,
    domain: large.domain,
    until,
    orders: 60,
    rebuildIndexesFrom: 1,
  });
  expect(await definitions()).toEqual(before);
  const found = await ask(
    (sql) => sql`select order_id from desk_orders where words @@ search_prefix_query(null, 'linen')`,
  );
  expect(found.length).toBeGreaterThan(100);
});
