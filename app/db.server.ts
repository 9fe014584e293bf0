import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js/session";
import type { ExtractTablesWithRelations } from "drizzle-orm/relations";
import postgres from "postgres";
import * as schema from "../drizzle/schema/index.ts";
import { poolInUse, poolWait } from "./metrics.server.ts";
import type { ShopId } from "./shops/shop.ts";

export type Schema = typeof schema;

/** A pool of connections that run as the restricted role. Domain functions take it as their first argument. */
export interface Db {
  /** As seen in `pg_stat_activity` and in the metrics. */
  name: string;
  sql: postgres.Sql;
  orm: PostgresJsDatabase<Schema>;
  close(): Promise<void>;
}

/**
 * One transaction, two ways to speak in it: `orm` (drizzle) for ordinary statements, `sql` for hot ones,
 * because drizzle's adapter never prepares a statement (docs/decisions/0004).
 */
export interface Tx {
  sql: postgres.TransactionSql;
  orm: PostgresJsTransaction<Schema, ExtractTablesWithRelations<Schema>>;
}

/** The role that web and worker take on; the first migration creates it. */
export const appRole = "atomic_orders_app";

const dialect = new PgDialect();
const emptyRelations = { fullSchema: schema, schema: {} as never, tableNamesMap: {} };

/**
 * How long a lost connection waits before it is made anew; a statement that needs it waits as long. The driver's own
 * rule grows to twenty seconds: by then Shopify has given up, and as long nobody would notice that the database is back.
 * @param failures of the pool's connections since the last success
 */
const secondsToReconnect = (failures: number) => (0.5 + Math.random() / 2) * Math.min(3 ** failures / 100, 1);

/** How every pool of ours behaves towards a database that is away or has nothing for it to do. */
export const poolOptions = {
  idle_timeout: 60,
  connect_timeout: 5,
  backoff: secondsToReconnect,
  onnotice: () => {},
};

/**
 * What every connection of web and worker processes says of itself. PostgreSQL compiles a statement whose estimated cost
 * is high, which takes 0.1 s. With `enable_seqscan` off a plan that walks a table all the same counts as enormous; the
 * driver's first question on each connection is one.
 */
export const sessionOf = (name: string) => ({ application_name: name, role: appRole, jit: "off" });

/**
 * Opens a pool.
 * @param url a `postgres://` address of a role that may take on {@link appRole}
 * @param options `max` connections, `name` as seen in `pg_stat_activity`, `statementTimeoutMs` per statement;
 *   `planOnce` for a pool whose statements find rows by key alone: PostgreSQL plans each once and not five times first,
 *   and never as a walk over a table, which is cheap while the table is small and would stay the plan when it is not
 */
export function createDb(
  url: string,
  {
    max,
    name,
    statementTimeoutMs = 15_000,
    planOnce = false,
  }: { max: number; name: string; statementTimeoutMs?: number; planOnce?: boolean },
): Db {
  const sql = postgres(url, {
    ...poolOptions,
    max,
    connection: {
      ...sessionOf(name),
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: 60_000,
      TimeZone: "UTC",
      ...(planOnce ? { plan_cache_mode: "force_generic_plan", enable_seqscan: "off" } : {}),
    },
  });
  // Also makes timestamps and bigints arrive as text in `sql`, exactly as PostgreSQL wrote them.
  const orm = drizzle(sql, { schema });
  return { name, sql, orm, close: () => sql.end({ timeout: 5 }) };
}

async function transaction<T>(
  db: Db,
  settings: Settings,
  run: (tx: Tx) => Promise<T>,
  mode = "read write",
): Promise<T> {
  const asked = performance.now();
  const result = await db.sql.begin(mode, async (sql) => {
    poolWait.observe({ pool: db.name }, (performance.now() - asked) / 1_000);
    poolInUse.inc({ pool: db.name });
    try {
      const session = new PostgresJsSession(sql as never, dialect, emptyRelations, {});
      const tx: Tx = { sql, orm: new PostgresJsTransaction(dialect, session as never, emptyRelations) };
      // The settings are sent first and the work's first statement behind them, in one packet: a connection takes
      // statements in the order they are given, and a failure of the settings ends the transaction.
      const [, result] = await Promise.all([applySettings(sql, settings), run(tx)]);
      return result;
    } finally {
      poolInUse.dec({ pool: db.name });
    }
  });
  return result as T;
}

interface Settings {
  shopId?: ShopId;
  shopDomain?: string;
  linkHash?: string;
  scope?: "system" | "link";
}

/** Sent at once and not when somebody waits for it: nothing that is asked afterwards may come before it. */
function applySettings(
  sql: postgres.TransactionSql,
  { shopId = "" as ShopId, shopDomain = "", linkHash = "", scope }: Settings,
) {
  return sql`select set_config('app.shop_id', ${shopId}, true), set_config('app.shop_domain', ${shopDomain}, true),
                    set_config('app.link_hash', ${linkHash}, true), set_config('app.scope', ${scope ?? ""}, true)`.execute();
}

/** Runs one transaction that sees this shop's rows and no other's. Row-level security enforces it. */
export function withShop<T>(db: Db, shopId: ShopId, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(db, { shopId }, run);
}

/** Runs one transaction that reads this shop's rows as they are at its first statement, however long it takes. */
export function withShopSnapshot<T>(db: Db, shopId: ShopId, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(db, { shopId }, run, "isolation level repeatable read read only");
}

/** Runs one transaction that sees the shop of this domain, for a sign-in that does not know the id yet. */
export function withShopDomain<T>(db: Db, shopDomain: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(db, { shopDomain }, run);
}

/**
 * Runs one transaction for somebody who shows the token of a public link and no session: it sees that link and the
 * counts of wrong tokens, and nothing else of any shop.
 * @param linkHash SHA-256 of the token, in hex
 */
export function withLinkToken<T>(db: Db, linkHash: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(db, { linkHash, scope: "link" }, run);
}

/**
 * Runs one transaction for work that spans shops by nature: the webhook door, the queue's claim, the scheduler.
 * It sees the inbox, the list of shops and their change numbers; orders and people stay invisible.
 */
export function withSystem<T>(db: Db, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(db, { scope: "system" }, run);
}

/** Narrows or switches the running transaction to one shop. The queue uses it to walk a batch shop by shop. */
export async function enterShop(tx: Tx, shopId: ShopId): Promise<void> {
  await applySettings(tx.sql, { shopId });
}

/** Returns the running transaction to the system scope. */
export async function enterSystem(tx: Tx): Promise<void> {
  await applySettings(tx.sql, { scope: "system" });
}

/**
 * True for an error that says nothing about what was asked: the database was away, restarting, out of
 * connections, or chose this transaction to break a deadlock. The caller waits or answers 503; it counts no attempt.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const code = String((error as { code?: unknown }).code ?? "");
  // Not 57014: a statement that runs into its time limit every time would otherwise be tried for ever.
  if (/^(08|53|57P|40|58|55)/.test(code) && code.length === 5) return true;
  if (
    /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(
      code,
    )
  ) {
    return true;
  }
  return isDatabaseAway((error as { cause?: unknown }).cause);
}
