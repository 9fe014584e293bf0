import postgres from "postgres";
import { inject } from "vitest";

/** Runs statements on a test's database as a superuser whom no trigger and no row-level security stops. */
export async function asSuperuser<T>(
  { url }: { url: string },
  run: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const address = Object.assign(new URL(inject("cluster").adminUrl), {
    pathname: new URL(url).pathname,
  }).href;
  const sql = postgres(address, {
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
