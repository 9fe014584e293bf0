import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makeSecrets, type Secrets } from "../demo/start-stack.ts";
import { type SupervisedProcess, startProcess, workerFlags } from "../demo/supervise.ts";
import { freePort } from "./free-port.ts";
import { repositoryRoot } from "./repository-root.ts";

/** The app's own processes on a test database, without a simulator: the test plays Shopify itself. */
export interface AppProcesses {
  appUrl: string;
  secrets: Secrets;
  /** For measuring the web process. */
  webPid: number;
  startWorker(): Promise<SupervisedProcess>;
  stop(): Promise<void>;
}

/** Starts the built web process; workers are started, and killed, by the test. */
export async function startApp(
  databaseUrl: string,
  extraEnv: Record<string, string> = {},
): Promise<AppProcesses> {
  const secrets = makeSecrets();
  const port = await freePort();
  const appUrl = `http://127.0.0.1:${port}`;
  const env = {
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: secrets.encryptionKey,
    SHOPIFY_API_KEY: secrets.apiKey,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    SHOPIFY_APP_URL: appUrl,
    ...extraEnv,
  };
  const folder = join(repositoryRoot, "test-results", "logs");
  const logFile = (name: string) => join(folder, `${name}-${randomBytes(3).toString("hex")}.log`);
  const running: SupervisedProcess[] = [];
  const start = async (order: Omit<Parameters<typeof startProcess>[0], "logFile" | "env">) => {
    const started = await startProcess({ ...order, env, logFile: logFile(order.name) });
    running.push(started);
    return started;
  };
  const web = await start({ name: "web", args: ["app/server.ts"], healthUrl: `${appUrl}/healthz` });
  return {
    appUrl,
    secrets,
    webPid: web.pid,
    startWorker: () => start({ name: "worker", args: [...workerFlags, "jobs/worker.ts"] }),
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
