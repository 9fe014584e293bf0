import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { installQueues, queueSchema } from "./queues.ts";

/**
 * Brings a database to the newest schema: our tables, the restricted role, the queue. Safe to run again, and
 * safe to start twice at once: an advisory lock makes the second wait.
 *
 * @param databaseUrl address of the role that owns the database; it may create roles but need not be a superuser
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {}, connection: { TimeZone: "UTC" } });
  try {
    const [server] = await sql`select current_setting('server_version_num')::int as version`;
    if (server?.version < 150_000)
      throw new Error("Atomic Orders needs PostgreSQL 15 or newer; this server is older.");
    await sql`select pg_advisory_lock(hashtextextended('atomic-orders migrate', 0))`;
    await runMigrations(drizzle(sql), {
      migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)),
    });
    await installQueues(databaseUrl);
    // The queue's tables belong to the owner; the processes that use them are the restricted role.
    await sql.unsafe(`
      grant usage on schema drizzle to atomic_orders_app;
      grant select on drizzle.__drizzle_migrations to atomic_orders_app;
      grant usage on schema ${queueSchema} to atomic_orders_app;
      grant select, insert, update, delete on all tables in schema ${queueSchema} to atomic_orders_app;
      grant execute on all functions in schema ${queueSchema} to atomic_orders_app;
      grant usage, select on all sequences in schema ${queueSchema} to atomic_orders_app;`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

if (import.meta.main) {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) {
    process.stderr.write(
      "The environment variable DATABASE_URL is missing; .env.example says what it is for.\n",
    );
    process.exit(1);
  }
  await migrate(databaseUrl);
  process.stdout.write("The database is at the newest schema.\n");
}
