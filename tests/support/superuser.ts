import postgres from "postgres";
import { inject } from "vitest";

const addressOf = (url: string) =>
  Object.assign(new URL(inject("cluster").adminUrl), { pathname: new URL(url).pathname }).href;

/** Runs statements on a test's database as a superuser whom no trigger and no row-level security stops. */
export async function asSuperuser<T>(
  { url }: { url: string },
  run: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres(addressOf(url), {
    max: 1,
    onnotice: () => {},
    connection: { session_replication_role: "replica" },
  });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

/** Runs statements in a shop as a superuser whom triggers see: the only one who may choose when a document is issued. */
export async function asSuperuserInShop<T>(
  { url }: { url: string },
  shopId: string,
  run: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres(addressOf(url), { max: 1, onnotice: () => {} });
  try {
    await sql`select set_config('app.shop_id', ${shopId}, false)`;
    return await run(sql);
  } finally {
    await sql.end();
  }
}
