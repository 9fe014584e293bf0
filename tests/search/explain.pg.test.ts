import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, withShop } from "../../app/db.server.ts";
import { type ListOrders, listOrders } from "../../app/orders/list-orders.server.ts";
import { type OrderSort, orderSearchTable } from "../../app/orders/order-search-table.ts";
import { listOrderShipments, readShipments } from "../../app/orders/order-shipments.server.ts";
import { findOrder } from "../../app/orders/orders.server.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import { totalListedOrders } from "../../app/orders/total-orders.server.ts";
import { countRows } from "../../app/search/read-page.server.ts";
import type { Cursor } from "../../app/search/search-table.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  explainAgain,
  nodesOf,
  openRecordingDb,
  type ReadPlan,
  type Statement,
} from "../support/recorded-statements.ts";

const context = openAppContext();
let recording: { db: Db; takeStatements(): Statement[] };
let shop: { id: ShopId; timeZone: string; currency: string };

beforeAll(async () => {
  const large = await createShop(context.db);
  const other = await createShop(context.db);
  const given = { databaseUrl: context.url, until: new Date("2026-11-20T15:00:00Z") };
  await seedOrderHistory({ ...given, domain: other.domain, orders: 1_000 });
  await seedOrderHistory({ ...given, domain: large.domain, orders: 30_000, rebuildIndexesFrom: 1 });
  shop = { id: large.shopId, timeZone: "Europe/Berlin", currency: "EUR" };
  recording = openRecordingDb(context.url);
}, 240_000);
afterAll(() => recording?.db.close());

type Page = Partial<Omit<ListOrders, "query">> & { q?: string };

const toRequest = ({ q = "", ...page }: Page): ListOrders => ({
  query: parseOrderQuery(q, shop.timeZone).query,
  sort: "created",
  direction: "desc",
  ...page,
});

/** How a page of the list is read: the plans of the search, without that of the rows it found. */
async function plansOf(page: Page): Promise<ReadPlan[]> {
  recording.takeStatements();
  await listOrders(recording.db, shop, toRequest(page));
  const plans = await explainAgain(recording.db, shop.id, recording.takeStatements());
  return plans;
}

const buffersOf = (plans: ReadPlan[]) => plans.reduce((sum, { buffers }) => sum + buffers, 0);

/** Tables that grow with the shop. The figures do not: a shop has a few rows of them for each of its days. */
const growing = ["orders", "order_search", "order_lines", "order_shipments", "customers", "customer_search"];

function expectNoWalkThroughATable(plans: ReadPlan[]) {
  expect(plans.length).toBeGreaterThan(0);
  for (const { plan, statement } of plans) {
    const walked = nodesOf(plan).filter(
      (node) => node["Node Type"] === "Seq Scan" && growing.includes(node["Relation Name"] ?? ""),
    );
    expect({ statement, walked }).toEqual({ statement, walked: [] });
  }
}

/** The place behind a number of rows, found the slow way. */
async function placeAt(column: string, rows: number, direction: "asc" | "desc" = "desc"): Promise<Cursor> {
  const { db } = recording;
  const [row] = await db.sql.begin(async (sql) => {
    await sql`select set_config('app.shop_id', ${shop.id}, true)`;
    return sql<Cursor[]>`
      select order_id as id, to_json(${sql(column)})#>>'{}' as key from desk_orders
      order by ${sql(column)} ${direction === "desc" ? sql`desc` : sql``}, order_id ${direction === "desc" ? sql`desc` : sql``}
      offset ${rows} limit 1`;
  });
  if (!row) throw new Error("the list is shorter than that");
  return row;
}

const pages: Record<string, Page> = {
  "the first page": {},
  "one status": { q: "status:pending" },
  "a common status": { q: "status:shipped" },
  "a flag": { q: "is:review" },
  "a common word": { q: "linen" },
  "a rare word": { q: "kintsugi" },
  "a word that is nowhere": { q: "xylophone" },
  "two words": { q: "green lamp" },
  "a phrase": { q: '"green tea"' },
  "a phrase that is nowhere": { q: '"purple elephant"' },
  "a customer's name as it begins": { q: "customer:mül" },
  "a range of totals": { q: "total:100..120" },
  "a range of totals that is nearly empty": { q: "total:>=9999" },
  "a common tag": { q: "tag:newsletter" },
  "a rare tag": { q: 'tag:"lost parcel"' },
  "all but a tag": { q: "-tag:newsletter" },
  days: { q: "created:2026-01-01..2026-01-31" },
  "one order's name": { q: "#5000" },
  "two common conditions that never meet": { q: "status:cancelled is:delivered" },
  "two common conditions that hardly meet": { q: "payment:pending fulfillment:fulfilled" },
  "a sort by total": { sort: "total" },
  "a sort by total, smallest first": { sort: "total", direction: "asc" },
  "a sort by customer": { sort: "customer", direction: "asc" },
  "a sort by the last change": { sort: "updated" },
  "a searched sort": { q: "linen", sort: "total" },
  "a day to begin with": { at: "2025-03-01" },
};

describe("no table is read from end to end for", () => {
  for (const [name, page] of Object.entries(pages)) {
    test(name, async () => {
      expectNoWalkThroughATable(await plansOf(page));
    });
  }

  test("an order's shipments, on its page and for a batch of events", async () => {
    const { orders } = await listOrders(context.db, shop, toRequest({ q: "is:delivered", limit: 20 }));
    const [first] = orders;
    if (!first) throw new Error("nothing is delivered");
    const detail = await findOrder(context.db, shop.id, first.id);
    expect(detail?.shipments).toHaveLength(1);
    recording.takeStatements();
    await withShop(recording.db, shop.id, (tx) => listOrderShipments(tx, shop.id, first.id));
    const some = await withShop(
      context.db,
      shop.id,
      (tx) => tx.sql<{ id: string }[]>`select shopify_order_id as id from order_shipments limit 50`,
    );
    const ids = some.map(({ id }) => id);
    const read = await withShop(recording.db, shop.id, (tx) => readShipments(tx, shop.id, ids));
    expect(read.size).toBe(50);
    expectNoWalkThroughATable(await explainAgain(recording.db, shop.id, recording.takeStatements()));
  });

  test("counts", async () => {
    for (const q of ["", "linen", "status:shipped", '"green tea"', "total:100..120", "-tag:newsletter"]) {
      recording.takeStatements();
      await totalListedOrders(recording.db, shop, toRequest({ q }).query);
      expectNoWalkThroughATable(await explainAgain(recording.db, shop.id, recording.takeStatements()));
    }
  });
});

const columns: Record<OrderSort, string> = {
  created: "created_at",
  updated: "updated_at",
  total: "total_minor",
  customer: "customer_key",
};

describe("a page in the depth is as cheap as the first one", () => {
  for (const [sort, column] of Object.entries(columns) as [OrderSort, string][]) {
    test(`sorted by ${sort}, forwards and back`, async () => {
      const first = buffersOf(await plansOf({ sort }));
      const edge = await placeAt(column, 25_000);
      for (const side of ["after", "before"] as const) {
        const plans = await plansOf({ sort, [side]: edge });
        expectNoWalkThroughATable(plans);
        expect(buffersOf(plans)).toBeLessThanOrEqual(first * 1.5);
      }
    });
  }

  test("filtered by what most orders are", async () => {
    const q = "status:shipped";
    const first = buffersOf(await plansOf({ q }));
    const deep = await plansOf({ q, after: await placeAt("created_at", 25_000) });
    // The newest orders are not shipped yet, so page one has more to pass over.
    expect(buffersOf(deep)).toBeLessThanOrEqual(first * 1.5);
  });
});

test("counting that takes too long is answered by the estimate, and says so", async () => {
  const { query } = toRequest({ q: "status:shipped" });
  const patient = await countRows(context.db, shop, orderSearchTable, query);
  expect(patient.count).toBeGreaterThan(10_000);
  expect(await countRows(context.db, shop, orderSearchTable, query, 1)).toEqual({
    count: patient.count,
    exact: false,
  });
});
