import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { migrate } from "../../../drizzle/migrate.ts";
import { startEmbeddedPostgres } from "../../support/embedded-postgres.ts";
import { makeScratch } from "../../support/postgres-account.ts";
import { findPostgres, startOwnPostgres } from "./own-postgres.ts";

/** A PostgreSQL that syncs every commit, for the length of a benchmark. */
export interface BenchCluster {
  /** The product's database, migrated; as its owner. */
  url: string;
  pid: number;
  /** Its version and how it compresses what is large. */
  version: string;
  hasLz4: boolean;
  /** As a superuser, whom no row-level security stops. */
  sql: postgres.Sql;
  /** Where `pgbench` may be; null with the embedded server, which has none. */
  programs: string | null;
  /** Makes another empty database on the same server. @returns its address as the owner */
  addDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param programs the folder of a PostgreSQL's programs; see {@link findPostgres} */
export async function startBenchCluster(programs?: string): Promise<BenchCluster> {
  const folder = makeScratch("atomic-orders-bench-");
  const found = findPostgres(programs);
  const server = found
    ? await startSystem(found, folder)
    : await startEmbeddedPostgres({ folder, keep: true });
  const owner = new URL(server.url);
  const admin = Object.assign(new URL(server.adminUrl), { pathname: owner.pathname });
  const sql = postgres(admin.href, { max: 2, onnotice: () => {} });
  const stop = async () => {
    await sql.end({ timeout: 5 });
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrate(server.url);
    const [row] = await sql<{ version: string; fsync: string; commit: string }[]>`
      select current_setting('server_version') as version, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit`;
    if (row?.fsync !== "on" || row.commit !== "on")
      throw new Error("a database that does not sync its commits proves nothing");
    const hasLz4 = await compressesWithLz4(sql);
    return {
      url: server.url,
      pid: Number(readFileSync(join(folder, "data", "postmaster.pid"), "utf8").split("\n", 1)[0]),
      version: `${row.version.split(" ", 1)[0]}${hasLz4 ? " with lz4" : " without lz4"}`,
      hasLz4,
      sql,
      programs: found,
      addDatabase: async (name) => {
        await sql.unsafe(`create database ${name} owner ${owner.username}`);
        return Object.assign(new URL(owner), { pathname: `/${name}` }).href;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSystem(programs: string, folder: string) {
  const server = await startOwnPostgres(programs, folder);
  const sql = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`create role bench_owner login createrole createdb`;
    await sql`create database bench owner bench_owner`;
  } finally {
    await sql.end();
  }
  const url = Object.assign(new URL(server.adminUrl), { username: "bench_owner", pathname: "/bench" }).href;
  return { ...server, url };
}

async function compressesWithLz4(sql: postgres.Sql): Promise<boolean> {
  const [row] = await sql<{ lz4: boolean }[]>`
    select 'lz4' = any(enumvals) as lz4 from pg_settings where name = 'default_toast_compression'`;
  return row?.lz4 ?? false;
}
