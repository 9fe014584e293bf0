import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "../../support/free-port.ts";
import { onlyThese } from "../../support/only-these.ts";
import { makeScratch } from "../../support/postgres-account.ts";
import type { BenchCluster } from "./bench-cluster.ts";
import type { Contender } from "./contender.ts";

export interface Peer extends Contender {
  name: "peer";
  stop(): Promise<void>;
}

/** As much of socket.io-client as is used here; it comes with the comparable stack. */
interface Socket {
  on(event: string, run: (payload: unknown) => void): void;
  once(event: string, run: (error?: Error) => void): void;
  close(): void;
}

/** Shopify's order ids as the plans make them. */
const shopifyOrderId = /"shopifyOrderId":"(\d+)"/;

/**
 * Starts the comparable stack: Redis with an append-only file synced every second, its database on the same
 * PostgreSQL as ours, web and five queue workers in one process.
 */
export async function startPeer(folder: string, cluster: BenchCluster, secret: string): Promise<Peer> {
  const data = makeScratch("atomic-orders-redis-");
  const redisPort = await freePort();
  const databaseUrl = await cluster.addDatabase("peer");
  mkdirSync(data, { recursive: true });
  const redis = spawn(
    "redis-server",
    [
      ...["--port", String(redisPort), "--bind", "127.0.0.1", "--dir", data, "--save", ""],
      ...["--appendonly", "yes", "--appendfsync", "everysec"],
    ],
    { stdio: "ignore" },
  );
  await accepts(redisPort, redis);
  const port = await freePort();
  const start = async (workers: "on" | "off") => {
    const child = spawn(process.execPath, ["dist/main.js"], {
      cwd: join(folder, "seed-stack-peer"),
      stdio: ["ignore", "ignore", "inherit"],
      env: onlyThese({
        PATH: process.env.PATH,
        NODE_ENV: "production",
        TZ: "UTC",
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        REDIS_URL: `redis://127.0.0.1:${redisPort}`,
        SHOPIFY_API_SECRET: secret,
        WORKER: workers,
      }),
    });
    await accepts(port, child);
    return child;
  };
  let app = await start("on");
  const restart = async (workers: "on" | "off") => {
    await stopChild(app);
    app = await start(workers);
  };
  // Its own program must not outlive a benchmark that fails.
  process.once("exit", () => {
    app.kill("SIGKILL");
    redis.kill("SIGKILL");
  });
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const target = new URL(`http://127.0.0.1:${port}/webhooks/shopify`);
  return {
    name: "peer",
    target,
    secret,
    processes: () => [
      { name: "web and workers", pid: app.pid ?? 0 },
      { name: "Redis", pid: redis.pid ?? 0 },
      { name: "PostgreSQL", pid: cluster.pid },
    ],
    ownPids: () => [app.pid ?? 0, redis.pid ?? 0],
    startWorkers: () => restart("on"),
    stopWorkers: () => restart("off"),
    analyse: async () => {
      await sql`vacuum analyze`;
    },
    follow: async (plan) => {
      // An order counts once when it is there and once more when it is paid, which its last event says; events of
      // one order that overtake each other are dropped there, so counting applied ones would never come to an end.
      // Only the plan's own orders are read, by the index of their ids, all of one length: counting all that there are
      // would be work beside what is measured, and more of it each round.
      const ids = plan.deliveries.map(({ shopifyOrderId }) => shopifyOrderId).sort();
      return async () => {
        const [row] = await sql<{ done: number }[]>`
          select (count(*) + count(*) filter (where status = 'CONFIRMED'))::int as done from orders
          where "shopifyOrderId" between ${ids[0] ?? ""} and ${ids.at(-1) ?? ""}`;
        return plan.deliveries.length - (row?.done ?? 0);
      };
    },
    openScreens: async (count, _shopDomain, hear) => {
      const { io } = createRequire(join(folder, "package.json"))("socket.io-client") as {
        io(url: string, options: object): Socket;
      };
      const sockets: Socket[] = [];
      for (let index = 0; index < count; index += 1) {
        const socket = io(`${target.origin}/sync`, { transports: ["websocket"], forceNew: true });
        socket.on("ORDER_SYNCED", (payload) => {
          // Every screen reads its message, as every stream of ours reads the bytes; one is timed.
          if (index > 0) return;
          const [, id] = shopifyOrderId.exec(JSON.stringify(payload)) ?? [];
          if (id) hear([id]);
        });
        await new Promise<void>((resolve, reject) => {
          socket.once("connect", () => resolve());
          socket.once("connect_error", (error) => reject(error ?? new Error("refused")));
        });
        sockets.push(socket);
      }
      return {
        shopifyIds: async () => {
          const rows = await sql<{ id: string }[]>`select "shopifyOrderId" as id from orders`;
          return new Map(rows.map(({ id }) => [String(id), String(id)]));
        },
        close: () => {
          for (const socket of sockets) socket.close();
        },
      };
    },
    stop: async () => {
      await sql.end({ timeout: 5 });
      await stopChild(app);
      await stopChild(redis);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function accepts(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: "127.0.0.1", port });
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (connected) return;
    await sleep(100);
  }
  throw new Error("a process of the comparable stack did not start");
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await exited;
  clearTimeout(timer);
}
