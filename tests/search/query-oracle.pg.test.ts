import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { listOrders } from "../../app/orders/list-orders.server.ts";
import { type OrderSort, orderSearchTable } from "../../app/orders/order-search-table.ts";
import { orderVocabulary } from "../../app/orders/order-vocabulary.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import { totalListedOrders } from "../../app/orders/total-orders.server.ts";
import { formatQuery } from "../../app/search/format-query.ts";
import { emptyQuery, type Query } from "../../app/search/query.ts";
import { readPage, readPlaces } from "../../app/search/read-page.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { seededRandom } from "../../drizzle/seeds/seeded-random.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery } from "../support/deliveries.ts";
import { oddPayloads } from "./odd-orders.ts";
import { askOracle, layOutFacts, oracleFilter } from "./order-oracle.ts";
import { type Material, randomQuery } from "./random-queries.ts";

const context = openAppContext();
let owner: postgres.Sql;
let shop: { id: ShopId; timeZone: string; currency: string };
let material: Material;

beforeAll(async () => {
  owner = postgres(context.url, { max: 1, onnotice: () => {} });
  const { shopId, domain } = await createShop(context.db);
  shop = { id: shopId, timeZone: "Europe/Berlin", currency: "EUR" };
  const until = new Date("2026-11-20T15:00:00Z");
  await deliverAndProcess(context, ...oddPayloads().map((body) => delivery(domain, body)));
  await seedOrderHistory({ databaseUrl: context.url, domain, orders: 400, seed: 5, until });
  // A stranger with the same history: nothing of it may be found.
  const stranger = await createShop(context.db);
  await seedOrderHistory({ databaseUrl: context.url, domain: stranger.domain, orders: 400, seed: 5, until });
  await layOutFacts(owner, shop);
  const [row] = await owner<Material[]>`
    select array_agg(everything) as texts, array_agg(name) as names,
      (select array_agg(distinct tag) from facts, unnest(tags) tag) as tags,
      array_agg(distinct shopify_customer_id::text) filter (where shopify_customer_id is not null) as "customerIds"
    from facts`;
  if (!row) throw new Error("there are no facts");
  material = row;
}, 60_000);
afterAll(() => owner.end());

const find = (query: Query) =>
  withShop(context.db, shop.id, async (tx) => {
    const request = { query, sort: "created", direction: "asc", limit: 1_000 } as const;
    return (await readPage(tx, orderSearchTable, request, shop)).rows.map(({ id }) => id).sort();
  });

const readBack = (text: string) => {
  const { query, errors } = parseOrderQuery(text, shop.timeZone);
  return { query, problems: errors.map(({ message }) => message) };
};

const without = (ids: string[], others: string[]) => ids.filter((id) => !others.includes(id));

/** A few of the orders' names, for the message of a failure. */
async function namesOf(ids: string[]): Promise<string[]> {
  const rows = await owner<
    { name: string }[]
  >`select name from facts where id = any(${ids.slice(0, 3)}::uuid[])`;
  return rows.map(({ name }) => name);
}

test("three thousand random queries, written and read, find what plain SQL finds", async () => {
  const queries = Array.from({ length: 3_000 }, (_, index) => randomQuery(seededRandom(11, index), material));
  let found = 0;
  const differences: object[] = [];
  for (const meant of queries) {
    const text = formatQuery(meant, orderVocabulary);
    const { query, problems } = readBack(text);
    const [ids, expected] = await Promise.all([find(query), askOracle(owner, query, shop)]);
    const [missing, extra] = [without(expected, ids), without(ids, expected)];
    if (problems.length + missing.length + extra.length > 0)
      differences.push({ text, problems, missing: await namesOf(missing), extra: await namesOf(extra) });
    if (ids.length > 0) found += 1;
  }
  expect(differences).toEqual([]);
  // Otherwise the queries would be so strange that finding nothing is always right.
  expect(found).toBeGreaterThan(1_000);
}, 240_000);

test("counts and single places agree with it", async () => {
  for (let index = 0; index < 150; index += 1) {
    const query = randomQuery(seededRandom(12, index), material);
    const expected = await askOracle(owner, query, shop);
    expect((await totalListedOrders(context.db, shop, query)).count).toEqual({
      count: expected.length,
      exact: true,
    });
    const ids = expected
      .slice(0, 5)
      .concat(await askOracle(owner, emptyQuery, shop).then((all) => all.slice(0, 5)));
    const places = await withShop(context.db, shop.id, (tx) =>
      readPlaces(tx, orderSearchTable, { query, sort: "total", ids }, shop),
    );
    const wanted = [...new Set(ids.filter((id) => expected.includes(id)))].sort();
    expect(places.map(({ id }) => id).sort()).toEqual(wanted);
  }
}, 120_000);

const sortColumns: Record<OrderSort, string> = {
  created: "created_at",
  updated: "updated_at",
  total: "total_minor",
  customer: "customer_key",
};

test("walking forwards and back over any sort gives the whole list once, in plain SQL's order", async () => {
  for (let index = 0; index < 60; index += 1) {
    const random = seededRandom(13, index);
    const query = random.chance(0.3) ? emptyQuery : randomQuery(random, material);
    const sort = random.pick(Object.keys(orderSearchTable.sorts) as OrderSort[]);
    const direction = random.pick(["asc", "desc"] as const);
    const limit = random.integer(3, 120);
    const down = direction === "desc" ? owner`desc` : owner``;
    const expected = (
      await owner<{ id: string }[]>`
        select id from facts where ${oracleFilter(owner, query, shop)}
        order by ${owner(sortColumns[sort])} ${down}, id ${down}`
    ).map(({ id }) => id);

    const list = { query, sort, direction, limit };
    const forwards: string[] = [];
    let page = await listOrders(context.db, shop, list);
    expect(page.before).toBeNull();
    forwards.push(...page.orders.map(({ id }) => id));
    while (page.after) {
      page = await listOrders(context.db, shop, { ...list, after: page.after });
      forwards.push(...page.orders.map(({ id }) => id));
    }
    expect(forwards).toEqual(expected);

    const backwards = page.orders.map(({ id }) => String(id));
    while (page.before) {
      page = await listOrders(context.db, shop, { ...list, before: page.before });
      backwards.unshift(...page.orders.map(({ id }) => id));
    }
    expect(backwards).toEqual(expected);
  }
}, 120_000);
