import postgres from "postgres";
import { migrate } from "../../drizzle/migrate.ts";
import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { startEmbeddedPostgres } from "../support/embedded-postgres.ts";
import { makeScratch } from "../support/postgres-account.ts";

export interface BenchShop {
  domain: string;
  orders: number;
}

export const shops: { large: BenchShop; small: BenchShop } = {
  large: { domain: "million.myshopify.com", orders: Number(process.env.BENCH_ORDERS ?? 1_000_000) },
  small: { domain: "hundred.myshopify.com", orders: 100 },
};

/** The database that BENCH_DATABASE_URL names, or a throw-away one; with both shops in it. */
export async function openBenchDatabase(
  report: (line: string) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.BENCH_DATABASE_URL;
  const cluster = given
    ? { url: given, stop: async () => {} }
    : await startEmbeddedPostgres({ folder: makeScratch("atomic-orders-bench-"), keep: false });
  await migrate(cluster.url);
  for (const { domain, orders } of Object.values(shops)) {
    const missing = orders - (await countOrders(cluster.url, domain));
    if (missing > 0) await seedOrderHistory({ databaseUrl: cluster.url, domain, orders: missing, report });
  }
  return { url: cluster.url, stop: () => cluster.stop() };
}

async function countOrders(url: string, domain: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select set_config('app.shop_domain', ${domain}, false)`;
    const [shop] = await sql<{ id: string }[]>`select id from shops where domain = ${domain}`;
    if (!shop) return 0;
    await sql`select set_config('app.shop_id', ${shop.id}, false)`;
    const [row] = await sql<{ count: number }[]>`
      select sum(orders)::int as count from order_figures where shop_id = ${shop.id}`;
    return row?.count ?? 0;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
