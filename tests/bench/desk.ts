import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDb, type Db, withShop, withShopDomain } from "../../app/db.server.ts";
import { firstPage, type ListAddress, listSearch } from "../../app/orders/list-address.ts";
import { listOrders } from "../../app/orders/list-orders.server.ts";
import { orderSearchTable } from "../../app/orders/order-search-table.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import type { Cursor } from "../../app/search/search-table.ts";
import type { Shop } from "../../app/shops/shop.ts";
import { readShop } from "../../app/shops/shops.server.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { explainAgain, openRecordingDb, type ReadPlan } from "../support/recorded-statements.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { openBenchDatabase, shops } from "./bench-database.ts";
import { judge, type Result, writePlans, writeTable } from "./desk-report.ts";
import { pageSize, type Scenario, scenarios } from "./desk-scenarios.ts";
import { measure } from "./measure.ts";

const requests = Number(process.env.BENCH_REQUESTS ?? 100);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The place that stands behind a number of rows, found the slow way, before anything is measured. */
function placeAt(db: Db, shop: Shop, { sort, direction }: ListAddress, rows: number): Promise<Cursor | null> {
  const { column, type } = orderSearchTable.sorts[sort];
  return withShop(db, shop.id, async ({ sql }) => {
    const down = direction === "desc" ? sql`desc` : sql``;
    const key = type === "timestamptz" ? sql`to_json(${sql(column)})#>>'{}'` : sql`${sql(column)}::text`;
    const [place] = await sql<Cursor[]>`
      select order_id as id, ${key} as key from desk_orders
      order by ${sql(column)} ${down}, order_id ${down} offset ${rows} limit 1`;
    return place ?? null;
  });
}

interface Bench {
  app: AppProcesses;
  db: Db;
  recording: ReturnType<typeof openRecordingDb>;
}

async function get({ app }: Bench, shop: Shop, path: string): Promise<void> {
  const token = signSessionToken({ shop: shop.domain, userId: 1001, ...app.secrets });
  const answer = await fetch(app.appUrl + path, {
    headers: { Accept: "text/html", Authorization: `Bearer ${token}` },
  });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
}

async function run(bench: Bench, shop: Shop, scenario: Scenario, isLarge: boolean): Promise<Result> {
  const address = { ...firstPage, ...scenario.address };
  if (scenario.depth) address.after = await placeAt(bench.db, shop, address, scenario.depth);
  const { query } = parseOrderQuery(address.q, shop.timeZone);
  const list = (db: Db) => listOrders(db, shop, { ...address, query, limit: pageSize });
  const search = listSearch(address);
  const data = `${search}${search ? "&" : "?"}_data=${encodeURIComponent("routes/app.orders")}`;
  let plans: ReadPlan[] = [];
  if (isLarge) {
    bench.recording.takeStatements();
    await list(bench.recording.db);
    plans = await explainAgain(bench.recording.db, shop.id, bench.recording.takeStatements());
  }
  const page = await measure(requests, () => get(bench, shop, `/app/orders${search}`));
  // Of the small shop only the whole answer is compared.
  if (!isLarge) return { scenario, plans, page, data: page, list: null };
  return {
    scenario,
    plans,
    page,
    data: await measure(requests, () => get(bench, shop, `/app/orders${data}`)),
    list: await measure(requests, () => list(bench.db)),
  };
}

async function runAll(bench: Bench, domain: string, isLarge: boolean): Promise<Result[]> {
  const found = await withShopDomain(bench.db, domain, (tx) => readShop(tx, domain));
  if (!found) throw new Error(`${domain} is not there`);
  const { shop } = found;
  // Of somebody unknown each request would first ask Shopify for the name, and no Shopify is there.
  await withShop(
    bench.db,
    shop.id,
    ({
      sql,
    }) => sql`insert into staff_members (shop_id, shopify_user_id, name) values (${shop.id}, 1001, 'Anna Berg')
                     on conflict do nothing`,
  );
  const results: Result[] = [];
  for (const scenario of scenarios) {
    const result = await run(bench, shop, scenario, isLarge);
    const { p50, p95 } = result.page;
    say(`${domain} ${scenario.group}: ${scenario.name}  ${p50.toFixed(1)} / ${p95.toFixed(1)} ms`);
    results.push(result);
  }
  const dashboard = {
    page: await measure(requests, () => get(bench, shop, "/app")),
    data: await measure(requests, () => get(bench, shop, "/app?_data=routes%2Fapp._index&index")),
  };
  results.push({ scenario: { group: "dashboard", name: "home" }, ...dashboard, list: null, plans: [] });
  return results;
}

const database = await openBenchDatabase(say);
try {
  ensureBuilt();
  const app = await startApp(database.url);
  const db = createDb(database.url, { max: 4, name: "bench", statementTimeoutMs: 120_000 });
  const recording = openRecordingDb(database.url);
  try {
    const bench = { app, db, recording };
    const large = await runAll(bench, shops.large.domain, true);
    const small = await runAll(bench, shops.small.domain, false);
    const folder = join(repositoryRoot, "docs", "benchmarks");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "desk.md"), writeTable(large, small, requests));
    writeFileSync(join(folder, "desk-plans.md"), writePlans(large));
    for (const { text, met } of judge(large)) say(`${met ? "met" : "MISSED"}: ${text}`);
  } finally {
    await recording.db.close();
    await db.close();
    await app.stop();
  }
} finally {
  await database.stop();
}
