import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { migrate } from "../../drizzle/migrate.ts";
import { type Cluster, startEmbeddedPostgres } from "../support/embedded-postgres.ts";
import { freePort } from "../support/free-port.ts";
import { makeScratch } from "../support/postgres-account.ts";

/** A PostgreSQL that syncs every commit, so that what a crash leaves is what a production would have. */
export interface ChaosDatabase {
  url: string;
  /** A superuser's address in the same database. */
  adminUrl: string;
  /** Where files may be put that PostgreSQL's account can enter. */
  folder: string;
  /** An orderly stop: open connections are ended, new ones refused. */
  stop(): Promise<void>;
  /** The end without warning: `SIGKILL` of the postmaster, or `SIGQUIT`, its "immediate" stop. */
  crash(signal: "SIGKILL" | "SIGQUIT"): Promise<void>;
  start(): Promise<void>;
  /** Ends connections of the app's processes. @returns how many */
  cutConnections(share: number): Promise<number>;
  asAdmin<T>(run: (sql: postgres.Sql) => Promise<T>): Promise<T>;
  /** Something to undo when the server has stopped for good, however the run ends. */
  atClose(undo: () => void): void;
  close(): Promise<void>;
}

const startPatienceMs = 60_000;

/** Below the ports that outgoing connections get, so that none takes it while the server is away. */
const randomPort = () => 20_000 + Math.floor(Math.random() * 12_000);

export async function openChaosDatabase(): Promise<ChaosDatabase> {
  const folder = makeScratch("atomic-orders-chaos-");
  const port = await freePort(randomPort());
  const launch = () => startEmbeddedPostgres({ folder, port, keep: true });
  let cluster: Cluster = await launch();
  const { url } = cluster;
  const adminUrl = Object.assign(new URL(cluster.adminUrl), { pathname: new URL(url).pathname }).href;
  await migrate(url);

  const undos: (() => void)[] = [];
  const asAdmin = async <T>(run: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = postgres(adminUrl, { max: 1, onnotice: () => {}, connection: { application_name: "chaos" } });
    try {
      return await run(sql);
    } finally {
      await sql.end({ timeout: 5 });
    }
  };
  return {
    url,
    adminUrl,
    folder,
    stop: () => cluster.stop(),
    crash: async (signal) => {
      const [pid = ""] = readFileSync(join(folder, "data", "postmaster.pid"), "utf8").split("\n");
      process.kill(Number(pid), signal);
      await cluster.stop(); // its guardian ends with it
    },
    start: async () => {
      const deadline = performance.now() + startPatienceMs;
      for (;;) {
        try {
          cluster = await launch();
          if (cluster.url === url) return;
          await cluster.stop();
        } catch (error) {
          // The backends of a killed postmaster take a moment to notice, and hold its memory until then.
          if (performance.now() > deadline) throw error;
        }
        await sleep(100);
      }
    },
    cutConnections: (share) =>
      asAdmin(async (sql) => {
        const cut = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'atomic-orders%' and random() < ${share}`;
        return cut.length;
      }),
    asAdmin,
    atClose: (undo) => undos.push(undo),
    close: async () => {
      await cluster.stop();
      for (const undo of undos) undo();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
