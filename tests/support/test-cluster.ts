import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { type Cluster, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { makeScratch } from "./postgres-account.ts";

/** What a worker process needs to clone the template; plain data, so it can be handed from process to process. */
export type ClusterAddress = { url: string; adminUrl: string };

/** Starts a throw-away PostgreSQL whose database is migrated and serves as the template of all clones. */
export async function startTestCluster(): Promise<Cluster> {
  const cluster = await startEmbeddedPostgres({ folder: makeScratch("atomic-orders-test-"), keep: false });
  try {
    const { migrate } = await import("../../drizzle/migrate.ts");
    await migrate(cluster.url);
    await sealTemplate(cluster);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** A template with a connection open cannot be cloned, so nobody may connect to it any more. */
async function sealTemplate({ url, adminUrl }: ClusterAddress): Promise<void> {
  await asAdmin(adminUrl, async (sql) => {
    const template = databaseOf(url);
    await sql.unsafe(`alter database ${template} with allow_connections false`);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${template}`;
  });
}

/** Clones the template under a new name. */
export async function cloneDatabase({
  url,
  adminUrl,
}: ClusterAddress): Promise<{ url: string; drop(): Promise<void> }> {
  const template = databaseOf(url);
  const owner = new URL(url).username;
  const clone = `${template}_${randomBytes(5).toString("hex")}`;
  await asAdmin(adminUrl, (sql) =>
    sql.unsafe(`create database ${clone} template ${template} owner ${owner}`),
  );
  return {
    url: Object.assign(new URL(url), { pathname: `/${clone}` }).href,
    drop: () => asAdmin(adminUrl, (sql) => sql.unsafe(`drop database if exists ${clone} with (force)`)),
  };
}

async function asAdmin(adminUrl: string, run: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
