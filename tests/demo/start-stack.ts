import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { freePort } from "../support/free-port.ts";
import type { HttpProxy } from "../support/http-proxy.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { startProxy } from "../support/start-proxy.ts";
import { cloneDatabase, startTestCluster } from "../support/test-cluster.ts";
import { type ProcessOrder, type SupervisedProcess, startProcess, workerFlags } from "./supervise.ts";

export type Secrets = { apiKey: string; apiSecret: string; encryptionKey: string };

export type StartStack = {
  /** A migrated database; without one, a throw-away PostgreSQL is started for it. */
  databaseUrl?: string;
  ports?: { web?: number; simulator?: number };
  /** The name or address that the simulator listens on and browsers find it at. */
  simulatorHost?: string;
  secrets?: Secrets;
  /** Where the simulator keeps its shops between starts; without it they live in memory. */
  simulatorState?: string;
  /** How many of each; several web processes stand behind a proxy. One of each otherwise. */
  counts?: { web: number; worker: number };
  /** Vite's development server and a restarting worker instead of the build. */
  dev?: boolean;
  logFolder: string;
};

export type Stack = {
  appUrl: string;
  simulatorUrl: string;
  databaseUrl: string;
  secrets: Secrets;
  processes: SupervisedProcess[];
  stop(): Promise<void>;
};

/** Starts simulator, web and worker, each a process of its own as in production, and waits until they are healthy. */
export async function startStack(options: StartStack): Promise<Stack> {
  const { dev = false, secrets = makeSecrets(), simulatorHost = "localhost" } = options;
  const database = options.databaseUrl
    ? { url: options.databaseUrl, stop: async () => {} }
    : await throwAwayDatabase();
  const appPort = await freePort(options.ports?.web);
  const simulatorPort = await freePort(options.ports?.simulator);
  const smtpPort = await freePort();
  const appUrl = `http://localhost:${appPort}`;
  const simulatorUrl = `http://${simulatorHost}:${simulatorPort}`;
  const bounceSecret = randomBytes(32).toString("hex");
  const shared = {
    // Not production: there the app refuses a SHOPIFY_SIMULATOR_URL.
    NODE_ENV: "development",
    SHOPIFY_API_KEY: secrets.apiKey,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    SHOPIFY_APP_URL: appUrl,
    SHOPIFY_SIMULATOR_URL: simulatorUrl,
    // For the mails that come back to the simulator's outbox.
    MAIL_BOUNCE_SECRET: bounceSecret,
  };
  const server = {
    ...shared,
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: secrets.encryptionKey,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: "invoices@atomic-orders.example",
  };
  const state: Record<string, string> = options.simulatorState
    ? { SHOPIFY_SIMULATOR_STATE: options.simulatorState }
    : {};
  const logFile = (name: string) => resolve(repositoryRoot, options.logFolder, `${name}.log`);

  const counts = options.counts ?? { web: 1, worker: 1 };
  const processes: SupervisedProcess[] = [];
  let proxy: HttpProxy | null = null;
  const stop = async () => {
    await proxy?.close();
    // The worker may be in the middle of a call to Shopify, so the simulator goes after those that call it.
    const [simulator, ...callers] = processes;
    await Promise.all(callers.map((caller) => caller.stop()));
    await simulator?.stop();
    await database.stop();
  };
  try {
    const start = async (order: Omit<ProcessOrder, "logFile">) =>
      processes.push(await startProcess({ ...order, logFile: logFile(order.name) }));
    await start({
      name: "simulator",
      args: ["tests/shopify-simulator/server.ts"],
      env: { ...shared, ...state, SHOPIFY_SIMULATOR_SMTP_PORT: String(smtpPort) },
      healthUrl: `${simulatorUrl}/healthz`,
    });
    const startWeb = async (name: string, port: number) => {
      const url = `http://localhost:${port}`;
      await start({
        name,
        args: dev ? ["app/server.ts", "--dev"] : ["app/server.ts"],
        env: { ...server, PORT: String(port) },
        healthUrl: `${url}/healthz`,
      });
      return url;
    };
    if (counts.web === 1) await startWeb("web", appPort);
    else {
      const urls: string[] = [];
      for (let index = 1; index <= counts.web; index++)
        urls.push(await startWeb(`web-${index}`, await freePort()));
      proxy = await startProxy(urls, appPort);
    }
    for (let index = 1; index <= counts.worker; index++) {
      await start({
        name: counts.worker === 1 ? "worker" : `worker-${index}`,
        args: dev
          ? ["--watch", "--watch-preserve-output", "jobs/worker.ts"]
          : [...workerFlags, "jobs/worker.ts"],
        env: server,
      });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { appUrl, simulatorUrl, databaseUrl: database.url, secrets, processes, stop };
}

/** Secrets for one stack; nothing here guards anything but the simulator's made-up shops. */
export function makeSecrets(): Secrets {
  const hex = (bytes: number) => randomBytes(bytes).toString("hex");
  return { apiKey: hex(16), apiSecret: hex(16), encryptionKey: hex(32) };
}

async function throwAwayDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const cluster = await startTestCluster();
  const { url } = await cloneDatabase(cluster);
  return { url, stop: cluster.stop };
}
