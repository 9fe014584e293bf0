import { parseArgs } from "node:util";
import postgres from "postgres";
import { loadCustomers, loadOrders } from "./load-orders.ts";
import { createSearchIndexes, dropSearchIndexes } from "./search-indexes.ts";
import { customerAt, makeOrder, ordersPerCustomer, type SeedPlan } from "./seed-order.ts";
import { enterSeedShop, openSeedShop } from "./seed-shop.ts";
import type { SeededRandom } from "./seeded-random.ts";

export interface OrderHistory {
  /** The owner's address: the restricted role may neither create shops' rows at will nor drop an index. */
  databaseUrl: string;
  orders: number;
  domain: string;
  seed?: number;
  /** When the history ends. */
  until?: Date;
  report?: (line: string) => void;
  /** From how many orders on the search indexes are built anew; see search-indexes.ts. */
  rebuildIndexesFrom?: number;
}

/** Orders of one transaction: a multiple of {@link ordersPerCustomer}. */
const chunkOrders = 1_666 * ordersPerCustomer;
/** Connections that load at once; each keeps to customers of its own, so they never wait for each other. */
const lanes = 2;
const historyMs = 3 * 365 * 86_400_000;

/**
 * Fills a shop with about three years of plausible orders, the same for the same seed and the same shop. Other shops
 * of the database keep working meanwhile. A second run adds more.
 */
export async function seedOrderHistory({
  databaseUrl,
  orders,
  domain,
  seed = 42,
  until = new Date(),
  report = () => {},
  rebuildIndexesFrom = 50_000,
}: OrderHistory): Promise<{ shopId: string; seconds: number }> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;
  const sql = connect(databaseUrl, 1);
  try {
    await sql`select pg_advisory_lock(hashtextextended('atomic-orders seed', 0))`;
    const shop = await openSeedShop(sql, domain);
    const plan: SeedPlan = {
      seed: seed + shop.nextNumber,
      count: orders,
      firstNumber: shop.nextNumber,
      firstCustomer: shop.nextCustomer,
      fromMs: until.getTime() - historyMs,
      untilMs: until.getTime(),
      currency: shop.currency,
    };
    if (orders >= rebuildIndexesFrom) await dropSearchIndexes(sql);
    let done = 0;
    await loadChunks(databaseUrl, shop.id, plan, (added) => {
      done += added;
      report(`${done} of ${orders} orders, ${Math.round(done / seconds())} a second`);
    });
    await createSearchIndexes(sql, (line) => report(`${line} (at ${seconds()} s)`));
    await settle(sql, shop.id);
    report(`${orders} orders for ${domain} in ${seconds()} s`);
    return { shopId: shop.id, seconds: seconds() };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function connect(databaseUrl: string, max: number): postgres.Sql {
  return postgres(databaseUrl, {
    max,
    onnotice: () => {},
    connection: { application_name: "seed", TimeZone: "UTC", synchronous_commit: "off" },
  });
}

async function loadChunks(
  databaseUrl: string,
  shopId: string,
  plan: SeedPlan,
  loaded: (orders: number) => void,
): Promise<void> {
  const chunks = Math.ceil(plan.count / chunkOrders);
  const lane = async (first: number) => {
    const sql = connect(databaseUrl, 1);
    try {
      await enterSeedShop(sql, shopId);
      for (let chunk = first; chunk < chunks; chunk += lanes)
        loaded(await loadChunk(sql, shopId, plan, chunk));
    } finally {
      await sql.end({ timeout: 5 });
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, first) => lane(first)));
}

async function loadChunk(sql: postgres.Sql, shopId: string, plan: SeedPlan, chunk: number): Promise<number> {
  const start = chunk * chunkOrders;
  const count = Math.min(chunkOrders, plan.count - start);
  const customers = Array.from({ length: Math.ceil(count / ordersPerCustomer) }, (_, index) =>
    customerAt(plan, start / ordersPerCustomer + index),
  );
  const orders = Array.from({ length: count }, (_, index) =>
    makeOrder(plan, start + index, (random) => knownCustomer(random, chunk, start + index)),
  );
  await sql.begin(async (tx) => {
    await loadCustomers(tx, shopId, customers);
    await loadOrders(tx, shopId, orders);
  });
  return count;
}

/** A customer of this lane who has ordered before: mostly anybody, often a regular, now and then a reseller. */
function knownCustomer(random: SeededRandom, chunk: number, index: number): number {
  const earlier = Math.floor(random.next() * (Math.floor(chunk / lanes) + 1));
  const reseller = random.chance(0.02);
  const home = reseller ? chunk % lanes : chunk - lanes * earlier;
  const first = (home * chunkOrders) / ordersPerCustomer;
  const last = Math.floor(Math.min(index, (home + 1) * chunkOrders - 1) / ordersPerCustomer);
  if (reseller) return Math.min(first + random.integer(0, 4), last);
  const place = random.integer(first, last);
  return random.chance(0.35) ? Math.max(first, place - (place % 40)) : place;
}

/** Folds the figures, tells open screens to read again, and tells the planner what is there now. */
async function settle(sql: postgres.Sql, shopId: string): Promise<void> {
  for (;;) {
    const [row] = await sql<{ folded: string }[]>`select fold_order_figures() as folded`;
    if (Number(row?.folded ?? 0) === 0) break;
  }
  await sql`update shop_changes set last_change = last_change + 1 where shop_id = ${shopId}`;
  await sql.unsafe(
    "vacuum (analyze) customers, orders, order_lines, order_shipments, order_events, order_search, customer_search, order_figures, order_figure_changes",
  );
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { orders: { type: "string" }, shop: { type: "string" }, seed: { type: "string" } },
  });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const orders = Number(values.orders);
  const seed = Number(values.seed ?? 42);
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl || !Number.isInteger(orders) || orders < 1 || !Number.isInteger(seed)) {
    say("DATABASE_URL=… npm run seed -- --orders 1000000 [--shop name.myshopify.com] [--seed 42]");
    process.exit(1);
  }
  await seedOrderHistory({
    databaseUrl,
    orders,
    domain: values.shop ?? "atomic-demo.myshopify.com",
    seed,
    report: say,
  });
}
