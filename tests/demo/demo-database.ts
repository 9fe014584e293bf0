import { createHash } from "node:crypto";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../support/embedded-postgres.ts";
import { isReachable, postgresAccount, scratchRoot } from "../support/postgres-account.ts";

const usualPort = 54_329;

export type DemoDatabase = {
  url: string;
  /** Tells one database from another without its password. */
  identity: string;
  stop(): Promise<void>;
};

/** The database of the demo: the one DATABASE_URL names, else an embedded PostgreSQL that keeps its data. */
export async function startDemoDatabase(dataFolder: string): Promise<DemoDatabase> {
  const url = process.env.DATABASE_URL;
  if (url) {
    const { host, pathname } = new URL(url);
    return { url, identity: `${host}${pathname}`, stop: async () => {} };
  }
  const folder = reachableFolder(join(dataFolder, "postgres"));
  const cluster = await startEmbeddedPostgres({ folder, port: usualPort, keep: true });
  return { url: cluster.url, identity: folder, stop: cluster.stop };
}

/** Root's PostgreSQL runs under another account, which cannot enter a checkout under `/root`. */
function reachableFolder(wanted: string): string {
  const account = postgresAccount();
  if (isReachable(wanted, account)) return wanted;
  const key = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  return join(scratchRoot(account), `atomic-orders-demo-${key}`);
}
