import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { freePort } from "../../support/free-port.ts";
import { onlyThese } from "../../support/only-these.ts";
import type { Metered } from "../load/usage.ts";
import type { BenchCluster } from "./bench-cluster.ts";

/** A server that does the least: what this machine could do at all, with the same sender and the same bodies. */
export interface Limit {
  target: URL;
  secret: string;
  processes: Metered[];
  /** Forgets what it has stored. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** One checks the signature and answers; the other commits one row for each request before it answers. */
export async function startLimits(cluster: BenchCluster): Promise<{ bare: Limit; durable: Limit }> {
  const databaseUrl = await cluster.addDatabase("limits");
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql`create table limit_bodies (
    id uuid primary key, received_at timestamptz not null default now(), body text)`;
  if (cluster.hasLz4) await sql`alter table limit_bodies alter column body set compression lz4`;
  const bare = await startLimit(null, []);
  const durable = await startLimit(databaseUrl, [{ name: "PostgreSQL", pid: cluster.pid }]);
  return {
    bare: { ...bare, reset: async () => {}, stop: bare.stop },
    durable: {
      ...durable,
      reset: async () => {
        await sql`truncate limit_bodies`;
      },
      stop: async () => {
        await sql.end({ timeout: 5 });
        await durable.stop();
      },
    },
  };
}

async function startLimit(databaseUrl: string | null, others: Metered[]): Promise<Omit<Limit, "reset">> {
  const port = await freePort();
  const secret = randomBytes(16).toString("hex");
  const script = new URL("./limit-server.ts", import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", script, String(port), ...(databaseUrl ? [databaseUrl] : [])],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: onlyThese({ PATH: process.env.PATH, LIMIT_SECRET: secret }),
    },
  );
  await isReady(child);
  return {
    target: new URL(`http://127.0.0.1:${port}/webhooks/shopify`),
    secret,
    processes: [{ name: "server", pid: child.pid ?? 0 }, ...others],
    stop: async () => {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await exited;
    },
  };
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`the bare server ended with code ${code}`)));
  });
}
